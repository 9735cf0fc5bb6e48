-- Several persons bound, as when many plans are brought in: the list is looked through as the text it is, where it was read
-- anew into keys for each row. Keys are all as long, and have no comma: one is found only where it stands.
create or replace function bound_to(patient uuid) returns boolean language plpgsql stable parallel safe as $$
begin
  return coalesce(strpos(current_setting('app.patient', true), patient::text) > 0, false);
end
$$;
