-- A unit's lists tell it of plans that it is invited to and of agreements that wait for its yes: it must find those, whose
-- they are and of which plan, though it has no step there. Its own line among the participants is what opens them.
do $$
declare
  name text;
  the_one text := 'patient_id::text = current_setting(''app.patient'', true)';
  own text := the_one || ' or reached_by(patient_id, recorded_provider, recorded_unit) or (unbound_unit() is not null and (';
begin
  foreach name in array array['patients', 'plans'] loop
    execute format('alter policy bound_read on %I using (%s))', name, own || case name
      when 'patients' then 'exists (select from steps s where s.patient_id = patients.patient_id)
        or exists (select from handovers h where h.patient_id = patients.patient_id)
        or exists (select from participants t where t.patient_id = patients.patient_id and t.unit = unbound_unit()
          and t.state in (''invited'', ''accepted'') and not t.entered_in_error))'
      else 'exists (select from steps s where s.patient_id = plans.patient_id and s.plan_id = plans.id)
        or exists (select from handovers h where h.patient_id = plans.patient_id and h.plan_id = plans.id)
        or exists (select from participants t where t.patient_id = plans.patient_id and t.plan_id = plans.id
          and t.unit = unbound_unit() and t.state in (''invited'', ''accepted'') and not t.entered_in_error))'
      end);
  end loop;
  execute format('alter policy bound_read on agreement_versions using (%s))', own ||
    'exists (select from participants t where t.patient_id = agreement_versions.patient_id
      and t.plan_id = agreement_versions.plan_id and t.unit = unbound_unit() and t.state = ''accepted''
      and not t.entered_in_error))');
end
$$;
