-- A database that nobody has used has no rows: the sequencer makes its own when it is first asked.
truncate event_sequence;
--> statement-breakpoint
create or replace function sequence_events(most int) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  base bigint;
  made int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('event-sequencer', 0)) then
    return 0;
  end if;
  if not exists (select from outbox o where o.position is null) then
    return 0;
  end if;
  insert into event_sequence (last) values (0) on conflict do nothing;
  select last into base from event_sequence where only_row for update;
  with fresh as (
    select f.patient_id, f.id, row_number() over (order by f.seq) as place
    from (select o.patient_id, o.id, o.seq from outbox o where o.position is null order by o.seq limit most) f)
  update outbox o set position = base + fresh.place, sequenced_at = now() from fresh
    where o.patient_id = fresh.patient_id and o.id = fresh.id;
  get diagnostics made = row_count;
  if made > 0 then
    update event_sequence set last = base + made where only_row;
  end if;
  return made;
end
$$;
