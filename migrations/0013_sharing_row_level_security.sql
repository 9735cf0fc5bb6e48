-- The second lock for what the law is judged by and for copies handed out: rows of the bound patient, or, unbound, rows
-- that the actor's own unit (a system: its provider) recorded. A request to lift a block is addressed to a provider, and
-- whoever administers its blocks must find it.
create function asked_of(fact_kind text, asked text) returns boolean language plpgsql stable parallel safe as $$
begin
  return fact_kind = 'block-lift-request' and nullif(current_setting('app.patient', true), '') is null
    and asked = nullif(current_setting('app.provider', true), '');
end
$$;
--> statement-breakpoint
do $$
declare
  name text;
  the_one text := 'patient_id::text = current_setting(''app.patient'', true)';
  bound text := the_one || ' or bound_to(patient_id)';
  visible text;
begin
  foreach name in array array['access_facts', 'disclosures'] loop
    visible := the_one || ' or reached_by(patient_id, recorded_provider, recorded_unit)'
      || case name when 'access_facts' then ' or asked_of(kind, provider)' else '' end;
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
end
$$;
--> statement-breakpoint
-- Requests across patients show nothing of a protected person to who is not on the person's list, not even a number of
-- rows. Row-level security keeps the list itself from such a request, so the question is asked past it: one answer, yes
-- or no, to one who names both. It mirrors `isHidden` of the policy, for the predicate of a list across patients.
create function is_hidden_from(person uuid, asking_staff text, asking_unit text, asking_client text, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  keys uuid[] := (select coalesce(array_agg(a.patient_id), array[person]) from patient_keys a
    where a.canonical_id = (select c.canonical_id from patient_keys c where c.patient_id = person));
begin
  if not exists (select from patients p where p.patient_id = any (keys)
      and p.protected_identity in ('confidentiality-mark', 'protected-registration')) then
    return false;
  end if;
  return not exists (select from access_facts a where a.patient_id = any (keys) and a.kind = 'protected-access'
    and not a.entered_in_error and a.from_at <= at and (a.until_at is null or at < a.until_at)
    and ((a.staff = asking_staff and (a.unit is null or a.unit = asking_unit)) or a.client_id = asking_client));
end
$$;
--> statement-breakpoint
-- Whether whoever signs in with a number is protected: a guardian's or representative's link is then broken until it has
-- been reviewed. The person's own row belongs to another patient than the one who is bound.
create function is_protected_number(number_hash text)
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from person_numbers n
      join patient_keys k on k.patient_id = n.patient_id
      join patient_keys a on a.canonical_id = k.canonical_id
      join patients p on p.patient_id = a.patient_id and p.id = p.patient_id
    where n.hash = number_hash and p.protected_identity in ('confidentiality-mark', 'protected-registration'))
$$;
--> statement-breakpoint
-- Whom a citizen stands in for, found by the citizen's own number: keys only, and what each leads to is read under its
-- own decision.
create function represented_by(number_hash text)
returns table (patient_id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select distinct k.canonical_id from related_persons r join patient_keys k on k.patient_id = r.patient_id
  where r.number_hash = represented_by.number_hash and not r.entered_in_error
$$;
--> statement-breakpoint
-- A protection that has been lifted hides nobody any more, and one under any key of a person hides the person.
create or replace function protected_among(persons uuid[]) returns uuid[] language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(array_agg(distinct k.patient_id), '{}') from patient_keys k
   join patient_keys a on a.canonical_id = k.canonical_id
   join patients p on p.patient_id = a.patient_id and p.id = p.patient_id
   where k.patient_id = any (persons) and p.protected_identity in ('confidentiality-mark', 'protected-registration') $$;
--> statement-breakpoint
revoke execute on function is_hidden_from(uuid, text, text, text, timestamptz), is_protected_number(text),
  represented_by(text) from public;
--> statement-breakpoint
grant execute on function is_hidden_from(uuid, text, text, text, timestamptz), is_protected_number(text),
  represented_by(text) to patientkontrakt_app;
