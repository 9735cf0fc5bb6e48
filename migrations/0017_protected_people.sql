-- Which of these persons must not exist for the one who asks, asked at once for a list across patients: those with
-- protected identity, but for who is on the person's own list. It mirrors `isHidden` of the policy.
create function hidden_among(persons uuid[], asking_staff text, asking_unit text, asking_client text, at timestamptz)
returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(p), '{}') from unnest(protected_among(persons)) p
  where is_hidden_from(p, asking_staff, asking_unit, asking_client, at)
$$;
--> statement-breakpoint
revoke execute on function hidden_among(uuid[], text, text, text, timestamptz) from public;
--> statement-breakpoint
grant execute on function hidden_among(uuid[], text, text, text, timestamptz) to patientkontrakt_app;
--> statement-breakpoint
-- Staff with protected identity are few, and every answer asks for them.
create index staff_protected on staff (hsa_id) where protected_identity;
