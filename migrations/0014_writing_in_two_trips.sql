-- The lock that a change is made under, in one prepared statement: first what else is named, in the order of the names,
-- then the persons. Gives all keys of the persons.
--
-- Nearly always it is one person whom nobody else is writing about, and then the lock is there at once. What was read
-- before it is read again after it, as in lock_persons; should the person have been joined between the two, which takes a
-- joiner that commits in that very moment, the whole transaction is begun anew (PK001), since the lock cannot be let go.
create function lock_for_change(names text[], persons uuid[]) returns uuid[] language plpgsql as $$
declare
  name text;
  person uuid := persons[1];
  before uuid;
  after uuid;
  keys uuid[];
begin
  foreach name in array names loop
    perform pg_advisory_xact_lock(hashtextextended(name, 0));
  end loop;
  if cardinality(persons) = 0 then
    return persons;
  end if;
  if cardinality(persons) > 1 then
    return lock_persons(persons);
  end if;
  select c.canonical_id into before from patient_keys c where c.patient_id = person;
  if not pg_try_advisory_xact_lock(hashtextextended(coalesce(before, person)::text, 0)) then
    return lock_persons(persons);
  end if;
  select c.canonical_id, (select array_agg(a.patient_id) from patient_keys a where a.canonical_id = c.canonical_id)
    into after, keys from patient_keys c where c.patient_id = person;
  if after is distinct from before then
    raise exception using errcode = 'PK001', message = 'the person was joined or parted while being locked';
  end if;
  return coalesce(keys, persons);
end
$$;
--> statement-breakpoint
-- Fails the statement that wrote fewer rows than it was to: a row to update was not there at the revision before.
create function demand_written(what text, written bigint, wanted int) returns boolean language plpgsql as $$
begin
  if written <> wanted then
    raise exception 'not all rows were written: % (% of %)', what, written, wanted;
  end if;
  return true;
end
$$;
