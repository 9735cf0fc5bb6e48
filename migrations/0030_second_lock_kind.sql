-- A unit opens what is its own only to staff. Before, the kind of actor was not asked when a unit was stated: an actor of
-- an unknown kind, or of none, was let in by the unit alone.
create or replace function unbound_unit() returns text language sql stable parallel safe as
$$ select case when nullif(current_setting('app.patient', true), '') is null
       and current_setting('app.kind', true) = 'staff'
     then nullif(current_setting('app.unit', true), '') end $$;
--> statement-breakpoint
create or replace function reached_by(patient uuid, provider text, variadic units text[]) returns boolean
language plpgsql stable parallel safe as $$
begin
  if nullif(current_setting('app.patient', true), '') is not null then
    return bound_to(patient);
  end if;
  return case current_setting('app.kind', true)
    when 'staff' then coalesce(nullif(current_setting('app.unit', true), '') = any (units), false)
    when 'system' then coalesce(provider = nullif(current_setting('app.provider', true), ''), false)
    else false
  end;
end
$$;
--> statement-breakpoint
create or replace function asked_of(fact_kind text, asked text) returns boolean language plpgsql stable parallel safe as $$
begin
  return fact_kind = 'block-lift-request' and nullif(current_setting('app.patient', true), '') is null
    and current_setting('app.kind', true) = 'staff'
    and nullif(current_setting('app.unit', true), '') is not null
    and asked = nullif(current_setting('app.provider', true), '');
end
$$;
