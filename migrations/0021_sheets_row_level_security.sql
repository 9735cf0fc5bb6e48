-- The second lock for prints of the overview: rows of the bound patient, or, unbound, those that the actor's own unit
-- (a system: its provider) printed.
do $$
declare
  the_one text := 'patient_id::text = current_setting(''app.patient'', true)';
  bound text := the_one || ' or bound_to(patient_id)';
  visible text := the_one || ' or reached_by(patient_id, recorded_provider, recorded_unit)';
begin
  alter table sheets enable row level security;
  execute format('create policy bound_read on sheets for select to patientkontrakt_app using (%s)', visible);
  execute format('create policy bound_insert on sheets for insert to patientkontrakt_app with check (%s)', bound);
  execute format('create policy bound_update on sheets for update to patientkontrakt_app using (%s) with check (%s)', bound, bound);
  grant select, insert, update on sheets to patientkontrakt_app;
  alter table sheets_history enable row level security;
  execute format('create policy bound_read on sheets_history for select to patientkontrakt_app using (%s)', bound);
  execute format('create policy bound_insert on sheets_history for insert to patientkontrakt_app with check (%s)', bound);
  grant select, insert on sheets_history to patientkontrakt_app;
end
$$;
