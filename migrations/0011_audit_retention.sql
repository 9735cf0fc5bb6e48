-- Culling of the access log, by whole months and never before five years (HSLF-FS 2016:40 4:9). The retention role
-- deletes nothing by itself: it asks these functions, which refuse what is too young or not yet sealed.
create function audit_months_before(before date) returns table (part text, month date) language sql stable set search_path = public, pg_temp as
$$ select c.relname::text, to_date(right(c.relname, 6), 'YYYYMM')
   from pg_inherits i join pg_class c on c.oid = i.inhrelid
   where i.inhparent = 'audit_entries'::regclass and c.relname ~ '^audit_entries_[0-9]{6}$'
     and to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', before::timestamp)::date
   order by 2 $$;
--> statement-breakpoint
-- What culling would take away, part by part; nothing is changed.
create function audit_retention_plan(before date)
  returns table (part text, first_at timestamptz, last_at timestamptz, entries bigint, unsealed bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  floor_at timestamptz := date_trunc('month', before::timestamp) at time zone 'UTC';
  one record;
begin
  for one in select m.part as name from audit_months_before(before) m loop
    return query execute format('select %L::text, min(e.at), max(e.at), count(*), count(u.id) from %I e
      left join audit_unsealed u using (patient_id, at, id)', one.name, one.name);
  end loop;
  return query select 'audit_entries_default'::text, min(e.at), max(e.at), count(*), count(u.id)
    from audit_entries_default e left join audit_unsealed u using (patient_id, at, id) where e.at < floor_at having count(*) > 0;
  return query select 'audit_reviews'::text, min(r.at), max(r.at), count(*), 0::bigint from audit_reviews r
    where r.at < floor_at and not exists (select from audit_review_conclusions c where c.review_id = r.id and c.at >= floor_at)
    having count(*) > 0;
end
$$;
--> statement-breakpoint
-- Takes away every month that ended before `before`'s own began, with what is sealed of it; the seals stay.
create function cull_audit_log(before date, act uuid) returns audit_retentions
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '5s' as $$
declare
  floor_at timestamptz := date_trunc('month', before::timestamp) at time zone 'UTC';
  done audit_retentions;
  old_reviews uuid[];
  one record;
begin
  if floor_at > now() - interval '5 years' then
    raise exception 'the access log is kept for five years' using errcode = 'PK010';
  end if;
  -- No seal is made meanwhile: one that took in what is being culled could never be checked.
  perform pg_advisory_xact_lock(hashtextextended('patientkontrakt:audit-seal', 0));
  if exists (select from audit_unsealed u where u.at < floor_at) then
    raise exception 'some of what would be culled is not sealed yet' using errcode = 'PK011';
  end if;
  done := row(act, now(), session_user, floor_at, 0, '{}');
  select coalesce(sum(p.entries), 0), coalesce(array_agg(p.part order by p.part), '{}') into done.entries, done.parts
    from audit_retention_plan(before) p where p.part <> 'audit_reviews';
  for one in select m.part as name from audit_months_before(before) m loop
    execute format('drop table %I', one.name);
    execute format('drop table if exists %I', replace(one.name, 'audit_entries', 'audit_sealed'));
  end loop;
  delete from audit_entries_default e where e.at < floor_at;
  delete from audit_sealed_default s where s.at < floor_at;
  select coalesce(array_agg(r.id), '{}') into old_reviews from audit_reviews r
    where r.at < floor_at and not exists (select from audit_review_conclusions c where c.review_id = r.id and c.at >= floor_at);
  delete from audit_review_conclusions where review_id = any (old_reviews);
  delete from audit_review_findings where review_id = any (old_reviews);
  delete from audit_reviews where id = any (old_reviews);
  delete from audit_watches w where w.ended_at < floor_at;
  insert into audit_retentions select done.*;
  return done;
end
$$;
--> statement-breakpoint
revoke all on function audit_retention_plan(date), cull_audit_log(date, uuid) from public;
--> statement-breakpoint
grant execute on function audit_retention_plan(date), cull_audit_log(date, uuid) to patientkontrakt_retention;
--> statement-breakpoint
-- Whoever culls checks the log first, and stands in it afterwards.
do $$
declare
  name text;
begin
  foreach name in array array['audit_entries', 'audit_sealed', 'audit_unsealed', 'audit_retentions'] loop
    execute format('create policy verify on %I for select to patientkontrakt_retention using (true)', name);
    execute format('grant select on %I to patientkontrakt_retention', name);
  end loop;
end
$$;
--> statement-breakpoint
create policy append_as_operator on audit_entries for insert to patientkontrakt_retention with check (user_kind = 'operator');
--> statement-breakpoint
grant insert on audit_entries to patientkontrakt_retention;
