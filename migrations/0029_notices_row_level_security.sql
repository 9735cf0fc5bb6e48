-- The second lock for notices: rows of the bound patient, and all of them for the job that sends them, which is nobody's
-- request and is told nothing of a person but how to reach them.
alter table notices enable row level security;
--> statement-breakpoint
create policy bound_read on notices for select to patientkontrakt_app using
  (current_setting('app.job', true) = 'notices' or patient_id::text = current_setting('app.patient', true) or bound_to(patient_id));
--> statement-breakpoint
create policy job_insert on notices for insert to patientkontrakt_app with check (current_setting('app.job', true) = 'notices');
--> statement-breakpoint
create policy job_update on notices for update to patientkontrakt_app
  using (current_setting('app.job', true) = 'notices') with check (current_setting('app.job', true) = 'notices');
--> statement-breakpoint
grant select, insert, update on notices to patientkontrakt_app;
--> statement-breakpoint
-- Whether an event gives the patient something new to read: a thing that is approved for them, in a plan that they see,
-- last written by somebody else.
create function news_to_patient(person uuid, kind text, thing uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  name text := case kind when 'plan' then 'plans' when 'step' then 'steps' when 'goal' then 'goals'
    when 'commitment' then 'commitments' when 'named-contact' then 'named_contacts' when 'remark' then 'remarks'
    when 'agreement-version' then 'agreement_versions' when 'safety-net-item' then 'safety_net_items'
    when 'follow-up' then 'follow_ups' end;
  plan_of text := case kind when 'plan' then 't.id' else 't.plan_id' end;
  news boolean;
begin
  if name is null then
    return false;
  end if;
  execute format('select true from %I t join plans p on p.patient_id = t.patient_id and p.id = %s
    where t.patient_id = $1 and t.id = $2 and t.approved_for_patient and not t.entered_in_error
      and t.changed_kind in (''staff'', ''system'') and p.approved_for_patient and p.status <> ''draft''', name, plan_of)
    into news using person, thing;
  return coalesce(news, false);
end
$$;
--> statement-breakpoint
revoke execute on function news_to_patient(uuid, text, uuid) from public;
--> statement-breakpoint
grant execute on function news_to_patient(uuid, text, uuid) to patientkontrakt_app;
--> statement-breakpoint
-- What decides whether and how a person is told: of the key that the person goes by now.
create function notice_facts(person uuid) returns json
language sql stable security definer set search_path = public, pg_temp as $$
  select json_build_object('deceasedOn', p.deceased_on,
    'isProtected', coalesce(p.protected_identity in ('confidentiality-mark', 'protected-registration'), false),
    'language', coalesce(p.content->>'language', 'sv'), 'preferredWay', p.content->>'preferredContactWay',
    'cannotUse1177', (p.content->'contactNeeds'->>'cannotUse1177')::boolean, 'numbers', p.content->'numbers')
  from patient_keys k join patients p on p.patient_id = k.canonical_id and p.id = p.patient_id
  where k.patient_id = person
$$;
--> statement-breakpoint
revoke execute on function notice_facts(uuid) from public;
--> statement-breakpoint
grant execute on function notice_facts(uuid) to patientkontrakt_app;
