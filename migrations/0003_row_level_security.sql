-- Second lock, coarse on purpose: rows of the bound patient, or, unbound, rows that the actor's own unit (a system: its
-- provider) recorded, is asked to take or must act on. No actor, an empty actor or another patient gives nothing. It
-- never states consent or block: that is the policy's.
--
-- The functions are called as scalar sub-selects, so that a statement computes them once and not per row.
create function bound_patients() returns uuid[] language sql stable parallel safe as
$$ select string_to_array(nullif(current_setting('app.patient', true), ''), ',')::uuid[] $$;
--> statement-breakpoint
-- Unbound only: with a patient bound the actor's unit opens nothing more.
create function unbound_unit() returns text language sql stable parallel safe as
$$ select case when nullif(current_setting('app.patient', true), '') is null
     then nullif(current_setting('app.unit', true), '') end $$;
--> statement-breakpoint
create function unbound_provider() returns text language sql stable parallel safe as
$$ select case when nullif(current_setting('app.patient', true), '') is null
       and current_setting('app.kind', true) = 'system'
     then nullif(current_setting('app.provider', true), '') end $$;
--> statement-breakpoint
do $$
declare
  name text;
  versioned text[] := array['patients', 'related_persons', 'consents', 'plans', 'steps', 'reports', 'what_matters',
    'goals', 'named_contacts', 'participants', 'commitments', 'safety_net_items', 'self_care_assessments',
    'agreement_versions', 'agreement_acts', 'receipts', 'follow_ups', 'links', 'remarks'];
  mine text := 'recorded_unit = (select unbound_unit()) or recorded_provider = (select unbound_provider())';
  visible text;
begin
  foreach name in array versioned loop
    visible := case name
      when 'steps' then mine || ' or responsible_now = (select unbound_unit()) or responsible_unit = (select unbound_unit())'
      when 'commitments' then mine || ' or by_unit = (select unbound_unit())'
      when 'participants' then mine || ' or unit = (select unbound_unit())'
      when 'patients' then mine || ' or ((select unbound_unit()) is not null and exists (select from steps s where s.patient_id = patients.patient_id))'
      when 'plans' then mine || ' or ((select unbound_unit()) is not null and exists (select from steps s where s.patient_id = plans.patient_id and s.plan_id = plans.id))'
      else mine
    end;
    execute format('alter table %I enable row level security', name);
    execute format('create policy bound_read on %I for select to patientkontrakt_app using (patient_id = any ((select bound_patients())::uuid[]) or %s)', name, visible);
    execute format('create policy bound_insert on %I for insert to patientkontrakt_app with check (patient_id = any ((select bound_patients())::uuid[]))', name);
    execute format('create policy bound_update on %I for update to patientkontrakt_app using (patient_id = any ((select bound_patients())::uuid[])) with check (patient_id = any ((select bound_patients())::uuid[]))', name);
    execute format('grant select, insert, update on %I to patientkontrakt_app', name);

    execute format('alter table %I enable row level security', name || '_history');
    execute format('create policy bound_read on %I for select to patientkontrakt_app using (patient_id = any ((select bound_patients())::uuid[]))', name || '_history');
    execute format('create policy bound_insert on %I for insert to patientkontrakt_app with check (patient_id = any ((select bound_patients())::uuid[]))', name || '_history');
    -- History is only ever added to.
    execute format('grant select, insert on %I to patientkontrakt_app', name || '_history');
  end loop;

  foreach name in array array['outbox', 'patient_joins'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy bound_read on %I for select to patientkontrakt_app using (patient_id = any ((select bound_patients())::uuid[]))', name);
    execute format('create policy bound_insert on %I for insert to patientkontrakt_app with check (patient_id = any ((select bound_patients())::uuid[]))', name);
    execute format('grant select, insert on %I to patientkontrakt_app', name);
  end loop;
end
$$;
--> statement-breakpoint
-- The access log: insert only. Reading it, for the patient's extract and the provider's review, comes with those.
alter table audit_entries enable row level security;
--> statement-breakpoint
create policy append on audit_entries for insert to patientkontrakt_app with check (true);
--> statement-breakpoint
grant insert on audit_entries to patientkontrakt_app;
--> statement-breakpoint
-- Look-ups hold hashes and keys only; the key found there must still be bound before anything is read with it.
grant select, insert on patient_keys, person_numbers, external_ids, idempotency_keys to patientkontrakt_app;
--> statement-breakpoint
grant update on patient_keys, person_numbers, idempotency_keys to patientkontrakt_app;
--> statement-breakpoint
grant select, insert, update on principals, care_providers, units, staff, contact_channels to patientkontrakt_app;
--> statement-breakpoint
-- At most one active lead plan per person and key. Deferred, since one lead plan takes over from another in one
-- statement, whose order of rows nobody promises.
alter table plans add constraint plans_one_active_lead
  exclude using btree (patient_id with =)
  where (kind in ('SIP', 'OVERENSKOMMELSE') and status = 'active' and not entered_in_error)
  deferrable initially deferred;
--> statement-breakpoint
-- A month's log is a partition of its own, so that what is past retention leaves as one piece. What no partition was
-- made for lands in the default one: a missing partition must never stop the log, since the request would fail.
create table audit_entries_default partition of audit_entries default;
--> statement-breakpoint
create function ensure_audit_partitions(months_ahead int) returns void language plpgsql as $$
declare
  first_day date := date_trunc('month', now())::date;
  starts date;
begin
  for i in 0..months_ahead loop
    starts := (first_day + make_interval(months => i))::date;
    if to_regclass('audit_entries_' || to_char(starts, 'YYYYMM')) is null then
      execute format('create table %I partition of audit_entries for values from (%L) to (%L)',
        'audit_entries_' || to_char(starts, 'YYYYMM'), starts, (starts + interval '1 month')::date);
    end if;
  end loop;
end
$$;
--> statement-breakpoint
select ensure_audit_partitions(24);
