-- Of a person whose protection has been lifted, what was written while it held stays with those on the list, as the
-- policy has it for a plan (`writtenUnderProtection`). Lists across patients ask it of each wording; what has no wording of
-- its own asks about the person alone, with `written` null.
create function is_withheld_from(person uuid, asking_staff text, asking_unit text, asking_client text, at timestamptz,
  written timestamptz)
returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  keys uuid[] := (select coalesce(array_agg(a.patient_id), array[person]) from patient_keys a
    where a.canonical_id = (select c.canonical_id from patient_keys c where c.patient_id = person));
begin
  if not exists (select from patients p where p.patient_id = any (keys)
      and (p.protected_identity in ('confidentiality-mark', 'protected-registration')
        or written is not null and p.protected_identity is not null and exists (
          select from jsonb_array_elements(p.content->'protectedWhile') w
          where (w->>'from')::timestamptz <= written
            and (w->>'until' is null or written < (w->>'until')::timestamptz)))) then
    return false;
  end if;
  return not exists (select from access_facts a where a.patient_id = any (keys) and a.kind = 'protected-access'
    and not a.entered_in_error and a.from_at <= at and (a.until_at is null or at < a.until_at)
    and ((a.staff = asking_staff and (a.unit is null or a.unit = asking_unit)) or a.client_id = asking_client));
end
$$;
--> statement-breakpoint
create or replace function is_hidden_from(person uuid, asking_staff text, asking_unit text, asking_client text, at timestamptz)
returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select is_withheld_from(person, asking_staff, asking_unit, asking_client, at, null) $$;
--> statement-breakpoint
revoke execute on function is_withheld_from(uuid, text, text, text, timestamptz, timestamptz) from public;
--> statement-breakpoint
grant execute on function is_withheld_from(uuid, text, text, text, timestamptz, timestamptz) to patientkontrakt_app;
