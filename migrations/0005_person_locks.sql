-- The keys that persons go by now: an alias made by joining gives the key it was joined to.
create function canonical_keys(persons uuid[]) returns uuid[] language sql stable as
$$ select array_agg(distinct coalesce(c.canonical_id, p.id) order by coalesce(c.canonical_id, p.id))
   from unnest(persons) p(id) left join patient_keys c on c.patient_id = p.id $$;
--> statement-breakpoint
-- One writer at a time per person, and per both when two are joined or parted; gives all keys of them.
--
-- Whoever waits for a person who is being joined wakes up with a lock that no longer means that person: two writers
-- would then work beside each other. So the keys are read again, in a snapshot taken after the locks, and if they are
-- others the locks are let go (an aborted sub-transaction does that) and taken anew. Keeping them while asking for
-- more would be out of order, and two could wait for each other.
create function lock_persons(persons uuid[]) returns uuid[] language plpgsql as $$
declare
  wanted uuid[];
  one uuid;
begin
  loop
    wanted := canonical_keys(persons);
    begin
      foreach one in array wanted loop
        perform pg_advisory_xact_lock(hashtextextended(one::text, 0));
      end loop;
      if canonical_keys(persons) = wanted then
        return (select array_agg(distinct keys.id) from (
          select a.patient_id from patient_keys a where a.canonical_id = any (wanted) union select unnest(persons)
        ) keys(id));
      end if;
      raise exception using errcode = 'PK001';
    exception when sqlstate 'PK001' then
      null;
    end;
  end loop;
end
$$;
