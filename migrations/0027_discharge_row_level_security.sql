-- The second lock for messages of discharge: rows of the bound patient, or, unbound, rows that the actor's own unit sent or
-- is a receiver of.
do $$
declare
  the_one text := 'patient_id::text = current_setting(''app.patient'', true)';
  bound text := the_one || ' or bound_to(patient_id)';
begin
  execute 'alter table discharge_messages enable row level security';
  execute format('create policy bound_read on discharge_messages for select to patientkontrakt_app using (%s)',
    the_one || ' or reached_by(patient_id, recorded_provider, variadic receivers || recorded_unit)');
  execute format('create policy bound_insert on discharge_messages for insert to patientkontrakt_app with check (%s)', bound);
  execute format('create policy bound_update on discharge_messages for update to patientkontrakt_app using (%s) with check (%s)', bound, bound);
  execute 'grant select, insert, update on discharge_messages to patientkontrakt_app';

  execute 'alter table discharge_messages_history enable row level security';
  execute format('create policy bound_read on discharge_messages_history for select to patientkontrakt_app using (%s)', bound);
  execute format('create policy bound_insert on discharge_messages_history for insert to patientkontrakt_app with check (%s)', bound);
  execute 'grant select, insert on discharge_messages_history to patientkontrakt_app';
end
$$;
