-- A row's identity is drawn before its transaction commits, so that a reader of `id > last` misses what commits late. One
-- sequencer gives committed rows a position without gaps: one at a time, by an advisory lock that ends with the statement's
-- transaction; whoever does not get it leaves it to the one who has. Within a person the order is that of the changes,
-- since a person has one writer at a time.
insert into event_sequence (last) values (0) on conflict do nothing;
--> statement-breakpoint
create function sequence_events(most int) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  base bigint;
  made int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('event-sequencer', 0)) then
    return 0;
  end if;
  select last into base from event_sequence where only_row for update;
  with fresh as (
    select f.patient_id, f.id, row_number() over (order by f.seq) as place
    from (select o.patient_id, o.id, o.seq from outbox o where o.position is null order by o.seq limit most) f)
  update outbox o set position = base + fresh.place, sequenced_at = now() from fresh where o.patient_id = fresh.patient_id and o.id = fresh.id;
  get diagnostics made = row_count;
  if made > 0 then
    update event_sequence set last = base + made where only_row;
  end if;
  return made;
end
$$;
--> statement-breakpoint
-- What the service's own followers read: ids and names across persons, past row-level security, since each is judged by
-- the policy, bound to its person, before anybody is told of it.
create function events_after(after bigint, names text[], most int)
returns table (patient_id uuid, id uuid, "position" bigint, event text, plan_id uuid, resource_kind text, resource_id uuid,
  owner_provider text, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.patient_id, o.id, o.position, o.event, o.plan_id, o.resource_kind, o.resource_id, o.owner_provider, o.at
  from outbox o where o.position > after and (names is null or o.event = any (names))
  order by o.position limit most
$$;
--> statement-breakpoint
-- Rows that serve the running of the service and are nobody's record leave when they have served: told events, what was
-- delivered, and keys that no longer answer. How long they stay is for the owner of this function, not for the caller.
create function cull_served(most int) returns table (name text, gone bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from idempotency_keys k using (
    select hash from idempotency_keys where created_at < now() - interval '72 hours' limit most) old
    where k.hash = old.hash;
  get diagnostics gone = row_count;
  name := 'idempotency_keys';
  return next;
  delete from deliveries d using (
    select subscription_id, id from deliveries
    where state <> 'waiting' and done_at < now() - interval '30 days' limit most) old
    where d.subscription_id = old.subscription_id and d.id = old.id;
  get diagnostics gone = row_count;
  name := 'deliveries';
  return next;
  -- What a follower or a subscription at work has not come to yet stays for longer, but not for ever.
  delete from outbox o using (
    select x.patient_id, x.id from outbox x
    where x.sequenced_at < now() - interval '90 days' or x.sequenced_at < now() - interval '30 days' and x.position <= least(
      (select min(p.position) from subscription_progress p join subscriptions s on s.id = p.subscription_id
        where s.status = 'active'),
      (select min(f.position) from event_followers f), x.position)
    limit most) old
    where o.patient_id = old.patient_id and o.id = old.id;
  get diagnostics gone = row_count;
  name := 'outbox';
  return next;
end
$$;
--> statement-breakpoint
revoke execute on function sequence_events(int), events_after(bigint, text[], int), cull_served(int) from public;
--> statement-breakpoint
grant execute on function sequence_events(int), events_after(bigint, text[], int) to patientkontrakt_app, patientkontrakt_jobs;
--> statement-breakpoint
grant execute on function cull_served(int) to patientkontrakt_app, patientkontrakt_retention;
--> statement-breakpoint
grant select on event_sequence to patientkontrakt_app, patientkontrakt_jobs;
--> statement-breakpoint
grant select, insert, update on event_followers, subscriptions, subscription_progress, deliveries to patientkontrakt_app;
