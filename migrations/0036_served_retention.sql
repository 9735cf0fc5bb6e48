-- What has served, in one place for what is told and what is done. Days are the operator's choice; how few and how many
-- they may be is for the owner of these functions, not for the caller.
create function served_keys() returns setof idempotency_keys
language sql stable as $$ select k.* from idempotency_keys k where k.created_at < now() - interval '72 hours' $$;
--> statement-breakpoint
-- Sent, given up, offered or withheld; and what a subscription that has ended never came to.
create function served_deliveries(days int) returns setof deliveries
language sql stable as $$
  select d.* from deliveries d where d.state <> 'waiting' and d.done_at < now() - make_interval(days => days)
  union all
  select d.* from deliveries d join subscriptions s on s.id = d.subscription_id
    where d.state = 'waiting' and s.status = 'ended' and s.changed_at < now() - make_interval(days => days)
$$;
--> statement-breakpoint
-- What a follower or a subscription at work has not come to yet stays for longer, but not for ever.
create function served_events(days int) returns setof outbox
language sql stable as $$
  select x.* from outbox x
  where x.sequenced_at < now() - interval '90 days' or x.sequenced_at < now() - make_interval(days => days)
    and x.position <= least(
      (select min(p.position) from subscription_progress p join subscriptions s on s.id = p.subscription_id
        where s.status = 'active'),
      (select min(f.position) from event_followers f), x.position)
$$;
--> statement-breakpoint
create function served_notices(days int) returns setof notices
language sql stable as $$
  select n.* from notices n where n.state <> 'waiting' and n.done_at < now() - make_interval(days => days)
$$;
--> statement-breakpoint
create function kept_days(wished int, most int) returns int
language sql immutable as $$ select greatest(7, least(wished, most)) $$;
--> statement-breakpoint
-- How many rows of each table have served, and since when: what culling them would take away. Changes nothing.
create function served_due(event_days int, notice_days int) returns table (name text, due bigint, oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select 'idempotency_keys', count(*), min(created_at) from served_keys()
  union all select 'deliveries', count(*), min(coalesce(done_at, at)) from served_deliveries(kept_days(event_days, 90))
  union all select 'outbox', count(*), min(sequenced_at) from served_events(kept_days(event_days, 90))
  union all select 'notices', count(*), min(done_at) from served_notices(kept_days(notice_days, 3650))
$$;
--> statement-breakpoint
drop function cull_served(int);
--> statement-breakpoint
-- Takes away at most so many rows of each table. The last two have defaults for processes of the version before.
create function cull_served(most int, event_days int default 30, notice_days int default 90)
returns table (name text, gone bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from idempotency_keys k using (select hash from served_keys() limit most) old where k.hash = old.hash;
  get diagnostics gone = row_count;
  name := 'idempotency_keys';
  return next;
  delete from deliveries d using (
    select subscription_id, id from served_deliveries(kept_days(event_days, 90)) limit most) old
    where d.subscription_id = old.subscription_id and d.id = old.id;
  get diagnostics gone = row_count;
  name := 'deliveries';
  return next;
  delete from outbox o using (select patient_id, id from served_events(kept_days(event_days, 90)) limit most) old
    where o.patient_id = old.patient_id and o.id = old.id;
  get diagnostics gone = row_count;
  name := 'outbox';
  return next;
  delete from notices n using (select patient_id, id from served_notices(kept_days(notice_days, 3650)) limit most) old
    where n.patient_id = old.patient_id and n.id = old.id;
  get diagnostics gone = row_count;
  name := 'notices';
  return next;
end
$$;
--> statement-breakpoint
revoke execute on function served_keys(), served_deliveries(int), served_events(int), served_notices(int),
  kept_days(int, int), served_due(int, int), cull_served(int, int, int) from public;
--> statement-breakpoint
grant execute on function served_due(int, int) to patientkontrakt_retention;
--> statement-breakpoint
grant execute on function cull_served(int, int, int) to patientkontrakt_app, patientkontrakt_retention;
