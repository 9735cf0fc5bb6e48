-- The second lock for handovers and feedback: rows of the bound patient, or, unbound, rows that the actor's own unit wrote,
-- gives, is asked to take or is told of. Whoever is asked to take something must learn whose it is and of which plan.
do $$
declare
  name text;
  the_one text := 'patient_id::text = current_setting(''app.patient'', true)';
  bound text := the_one || ' or bound_to(patient_id)';
  visible text;
begin
  foreach name in array array['handovers', 'feedback'] loop
    visible := the_one || ' or reached_by(patient_id, recorded_provider, recorded_unit, from_unit, to_unit'
      || case name when 'handovers' then ', escalate_to)' else ')' end;
    execute format('alter table %I enable row level security', name);
    execute format('create policy bound_read on %I for select to patientkontrakt_app using (%s)', name, visible);
    execute format('create policy bound_insert on %I for insert to patientkontrakt_app with check (%s)', name, bound);
    execute format('create policy bound_update on %I for update to patientkontrakt_app using (%s) with check (%s)', name, bound, bound);
    execute format('grant select, insert, update on %I to patientkontrakt_app', name);

    execute format('alter table %I enable row level security', name || '_history');
    execute format('create policy bound_read on %I for select to patientkontrakt_app using (%s)', name || '_history', bound);
    execute format('create policy bound_insert on %I for insert to patientkontrakt_app with check (%s)', name || '_history', bound);
    execute format('grant select, insert on %I to patientkontrakt_app', name || '_history');
  end loop;
  foreach name in array array['patients', 'plans'] loop
    visible := the_one || ' or reached_by(patient_id, recorded_provider, recorded_unit) or (unbound_unit() is not null and ('
      || case name
        when 'patients' then 'exists (select from steps s where s.patient_id = patients.patient_id)
          or exists (select from handovers h where h.patient_id = patients.patient_id)'
        else 'exists (select from steps s where s.patient_id = plans.patient_id and s.plan_id = plans.id)
          or exists (select from handovers h where h.patient_id = plans.patient_id and h.plan_id = plans.id)'
      end || '))';
    execute format('alter policy bound_read on %I using (%s)', name, visible);
  end loop;
end
$$;
--> statement-breakpoint
-- Agreements between principals about deadlines are nobody's secret. The service reads them; a command of the operator's
-- adds and ends them, and nothing takes one away.
grant select, insert, update on deadline_rules to patientkontrakt_app;
