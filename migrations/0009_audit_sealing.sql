-- The chain of seals over the access log. Whoever writes an entry cannot choose how it is sealed, and no role of the
-- service can change a seal: all of it is done by functions that run as the owner, with their names bound.
create table audit_sealed_default partition of audit_sealed default;
--> statement-breakpoint
-- Emptied each minute: without this the dead rows would be waited for longer than the live ones are there.
alter table audit_unsealed set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = -1);
--> statement-breakpoint
create function queue_audit_entries() returns trigger language plpgsql security definer as $$
begin
  insert into public.audit_unsealed (patient_id, at, id, hash) select a.patient_id, a.at, a.id, a.hash from added a;
  return null;
end
$$;
--> statement-breakpoint
create trigger queue_for_sealing after insert on audit_entries referencing new table as added
  for each statement execute function queue_audit_entries();
--> statement-breakpoint
insert into audit_unsealed (patient_id, at, id, hash) select patient_id, at, id, hash from audit_entries;
--> statement-breakpoint
-- An instant as it is hashed: UTC with six decimals.
create function audit_instant(at timestamptz) returns text language sql stable as
$$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
--> statement-breakpoint
-- The hash of a seal over its own fields and the hash of the one before it. audit-log/sealing/seal-hash.ts computes the
-- same without asking the database.
create function audit_seal_hash(seal audit_seals) returns bytea language sql stable set search_path = public, pg_temp as
$$ select sha256(convert_to(array_to_string(array['audit-seal/1', seal.number::text, seal.kind, coalesce(seal.day::text, ''),
     audit_instant(seal.sealed_at), audit_instant(seal.first_at), audit_instant(seal.last_at), seal.entries::text,
     encode(seal.root, 'hex'), encode(seal.previous, 'hex')], E'\n'), 'UTF8')) $$;
--> statement-breakpoint
-- Seals what has been committed since the last time, at most `most` entries to a seal; before the first seal of a new day
-- in Sweden it closes the day before. One at a time: who comes second waits and finds the rest.
create function seal_audit_entries(most int default 20000) returns setof audit_seals
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  newest audit_seals;
  seal audit_seals;
  nothing constant bytea := decode(repeat('00', 32), 'hex');
begin
  perform pg_advisory_xact_lock(hashtextextended('patientkontrakt:audit-seal', 0));
  select * into newest from audit_seals order by number desc limit 1;
  if newest.kind = 'entries'
    and (newest.sealed_at at time zone 'Europe/Stockholm')::date < (clock_timestamp() at time zone 'Europe/Stockholm')::date then
    seal := row(newest.number + 1, 'day', (newest.sealed_at at time zone 'Europe/Stockholm')::date,
      clock_timestamp(), null, null, null, null, newest.hash, null);
    select min(s.first_at), max(s.last_at), sum(s.entries), sha256(string_agg(s.hash, ''::bytea order by s.number))
      into seal.first_at, seal.last_at, seal.entries, seal.root from audit_seals s
      where s.kind = 'entries' and s.number > coalesce((select max(d.number) from audit_seals d where d.kind = 'day'), 0);
    seal.hash := audit_seal_hash(seal);
    insert into audit_seals select seal.*;
    return next seal;
    newest := seal;
  end if;
  seal := row(coalesce(newest.number, 0) + 1, 'entries', null, clock_timestamp(), null, null, null, null,
    coalesce(newest.hash, nothing), null);
  with taken as (
    delete from audit_unsealed where ctid = any (array(select u.ctid from audit_unsealed u limit most))
    returning patient_id, at, id, hash
  ), kept as (
    insert into audit_sealed (seal, patient_id, at, id, hash)
    select seal.number, t.patient_id, t.at, t.id, t.hash from taken t returning audit_sealed.at, audit_sealed.hash
  )
  select min(k.at), max(k.at), count(*), sha256(string_agg(k.hash, ''::bytea order by k.hash))
    into seal.first_at, seal.last_at, seal.entries, seal.root from kept k;
  if seal.entries > 0 then
    seal.hash := audit_seal_hash(seal);
    insert into audit_seals select seal.*;
    return next seal;
  end if;
end
$$;
--> statement-breakpoint
-- A month's partitions of the log and of what is sealed, in UTC whatever the session's time zone. Entries that came
-- before their partition are moved over from the default one.
create function make_audit_partition(month date) returns void
  language plpgsql security definer set search_path = public, pg_temp set timezone = 'UTC' set lock_timeout = '5s' as $$
declare
  starts timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  parent text;
  part text;
  early boolean;
begin
  foreach parent in array array['audit_entries', 'audit_sealed'] loop
    part := parent || '_' || to_char(month, 'YYYYMM');
    continue when to_regclass('public.' || part) is not null;
    execute format('select exists (select from %I where at >= %L and at < %L)', parent || '_default', starts, ends) into early;
    if early then
      execute format('create table %I (like %I including defaults)', part, parent);
      execute format('with moved as (delete from %I where at >= %L and at < %L returning *) insert into %I select * from moved',
        parent || '_default', starts, ends, part);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, starts, ends);
    else
      execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent, starts, ends);
    end if;
  end loop;
end
$$;
--> statement-breakpoint
create or replace function ensure_audit_partitions(months_ahead int) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  for i in 0..least(months_ahead, 36) loop
    perform make_audit_partition((date_trunc('month', now() at time zone 'UTC') + make_interval(months => i))::date);
  end loop;
end
$$;
--> statement-breakpoint
select ensure_audit_partitions(24);
--> statement-breakpoint
-- Everyone may run a new function unless told otherwise.
revoke all on function queue_audit_entries(), seal_audit_entries(int), make_audit_partition(date), ensure_audit_partitions(int) from public;
--> statement-breakpoint
grant execute on function seal_audit_entries(int), ensure_audit_partitions(int) to patientkontrakt_app, patientkontrakt_jobs;
--> statement-breakpoint
-- Seals hold no personal data; whoever seals writes the newest ones outside.
grant select on audit_seals to patientkontrakt_app, patientkontrakt_jobs, patientkontrakt_retention;
--> statement-breakpoint
-- What the log is read for: `extract` (for the patient) or `review` (by a provider). Nothing else opens it, so that a
-- statement that only binds a patient sees no entry.
create function log_read_for() returns text language sql stable parallel safe as
$$ select nullif(current_setting('app.log', true), '') $$;
--> statement-breakpoint
create function log_reader_provider() returns text language sql stable parallel safe as
$$ select case when current_setting('app.kind', true) = 'staff' then nullif(current_setting('app.provider', true), '') end $$;
--> statement-breakpoint
-- The patient's own, all of it; staff, who hand it out, of it what their own provider's users did or data were shown.
-- The nil patient is nobody: binding an unknown person must not open what is about no one.
create policy extract on audit_entries for select to patientkontrakt_app using (
  (select log_read_for()) = 'extract' and patient_id <> '00000000-0000-0000-0000-000000000000'
  and patient_id = any ((select bound_patients())::uuid[])
  and ((select current_setting('app.kind', true)) = 'citizen' or user_provider = (select log_reader_provider())
    or (select log_reader_provider()) = any (resource_owners)));
--> statement-breakpoint
create policy review on audit_entries for select to patientkontrakt_app using (
  (select log_read_for()) = 'review' and (select log_reader_provider()) is not null
  and (user_provider = (select log_reader_provider()) or (select log_reader_provider()) = any (resource_owners)));
--> statement-breakpoint
grant select on audit_entries to patientkontrakt_app;
--> statement-breakpoint
-- Reviews and what is watched belong to one provider, and are open only while the log is reviewed.
do $$
declare
  name text;
  own text := '(select log_read_for()) = ''review'' and provider = (select log_reader_provider())';
begin
  foreach name in array array['audit_reviews', 'audit_review_findings', 'audit_review_conclusions', 'audit_watches'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_read on %I for select to patientkontrakt_app using (%s)', name, own);
    execute format('create policy own_insert on %I for insert to patientkontrakt_app with check (%s)', name, own);
    execute format('grant select, insert on %I to patientkontrakt_app', name);
  end loop;
  execute format('create policy own_end on audit_watches for update to patientkontrakt_app using (%s) with check (%s)', own, own);
end
$$;
--> statement-breakpoint
grant update (ended_at, ended_by) on audit_watches to patientkontrakt_app;
--> statement-breakpoint
alter table audit_sealed enable row level security;
--> statement-breakpoint
alter table audit_unsealed enable row level security;
--> statement-breakpoint
alter table audit_retentions enable row level security;
--> statement-breakpoint
-- Persons with protected identity: not even their existence is told to who is not on their list, and a list there is
-- none of yet. Asked for many at once, and only of keys that the asker has already.
create function protected_among(persons uuid[]) returns uuid[] language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(array_agg(distinct k.patient_id), '{}') from patient_keys k
   join patients p on p.patient_id = k.canonical_id and p.id = p.patient_id
   where k.patient_id = any (persons) and p.protected_identity is not null $$;
--> statement-breakpoint
revoke all on function protected_among(uuid[]) from public;
--> statement-breakpoint
grant execute on function protected_among(uuid[]) to patientkontrakt_app;
