-- The events one by one, as they are told: a row of the outbox is all that one change tells. Its position is that of its
-- last event. For whoever owns the tables; everybody else asks the function below.
create view told_events with (security_invoker = true) as
  select o.patient_id, e.id, before.position + e.place as "position", e.event, e.plan_id, e.resource_kind, e.resource_id,
    e.revision, e.owner_unit, e.owner_provider, o.at, o.position as row_position, o.seq, e.place
  from outbox o
    -- Worked out once for each row: a long list that is kept apart would be fetched anew for each of its events.
    cross join lateral (select o.position - coalesce(cardinality(o.more_ids), 0) as "position" offset 0) before
    cross join lateral (
      select 0 as place, o.id, o.event, o.plan_id, o.resource_kind, o.resource_id, o.revision, o.owner_unit, o.owner_provider
      union all
      select t.place, t.id, t.event, case when o.more_plan_ids is null then o.plan_id else t.plan_id end, t.resource_kind,
        t.resource_id, coalesce(t.revision, o.revision), coalesce(t.owner_unit, o.owner_unit), coalesce(t.owner_provider, o.owner_provider)
      from unnest(o.more_ids, o.more_events, o.more_plan_ids, o.more_resource_kinds, o.more_resource_ids, o.more_revisions,
          o.more_owner_units, o.more_owner_providers)
        with ordinality as t(id, event, plan_id, resource_kind, resource_id, revision, owner_unit, owner_provider, place)
      where o.more_ids is not null) e;
--> statement-breakpoint
-- Positions for as many events as are wanted, and for the rest of the change that the last of them is in: a change is
-- never divided, or two runs could each give the half of it. One with more events than are wanted is given them all.
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
  with waiting as (
    select o.patient_id, o.id, o.seq, 1 + coalesce(cardinality(o.more_ids), 0) as events
    from outbox o where o.position is null order by o.seq limit most),
  fresh as (select w.*, sum(w.events) over (order by w.seq rows unbounded preceding)::bigint as through from waiting w),
  placed as (
    update outbox o set position = base + fresh.through, sequenced_at = now() from fresh
    where o.patient_id = fresh.patient_id and o.id = fresh.id and fresh.through - fresh.events < most returning fresh.events)
  select coalesce(sum(placed.events), 0) into made from placed;
  if made > 0 then
    update event_sequence set last = base + made where only_row;
  end if;
  return made;
end
$$;
--> statement-breakpoint
-- By the position of each row, in order, and no further than to the last event that is wanted: the rows are many, and some
-- tell many things. A reader may stand in the middle of one.
create or replace function events_after(after bigint, names text[], most int)
returns table (patient_id uuid, id uuid, "position" bigint, event text, plan_id uuid, resource_kind text, resource_id uuid,
  owner_provider text, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.patient_id, e.id, e.position, e.event, e.plan_id, e.resource_kind, e.resource_id, e.owner_provider, e.at
  from told_events e where e.row_position > after and e.position > after and (names is null or e.event = any (names))
  order by e.row_position, e.place limit most
$$;
