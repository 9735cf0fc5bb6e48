-- Culling of contributions, owner by owner: what one provider has written about one person under one law is a record, kept
-- at least ten years after its last entry under HSL (PDL 3:17), five under SoL and LSS (SoL 2001:453 12:1, 12:2). Nothing
-- is culled because something else is. The retention role deletes nothing by itself: it asks these functions.
create function record_tables(inside_plan boolean) returns setof text language sql stable set search_path = public, pg_temp as
$$ select c.relname::text from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('patients', 'plans')
     and (select count(*) from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
       and a.attname in ('patient_id', 'id', 'recorded_provider', 'legal_basis', 'changed_at')) = 5
     and (not inside_plan or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'plan_id'))
   order by 1 $$;
--> statement-breakpoint
-- Persons born on day 5, 15 or 25 of a month: social-services records are kept for research (SoL 2001:453 12:2).
create function is_kept_for_research(person uuid) returns boolean language sql stable set search_path = public, pg_temp as
$$ select exists (select from patient_keys k join patients p on p.patient_id = k.patient_id and p.id = p.patient_id,
     jsonb_array_elements(p.content->'numbers') n
   where k.canonical_id = person and n->>'kind' <> 'reservnummer' and substr(n->>'digits', 7, 2)::int % 60 in (5, 15, 25)) $$;
--> statement-breakpoint
-- Records whose last entry is before `before`, and older than the law keeps them. A plan's header stays while another owner,
-- or the same under another law, has anything in the plan.
create function records_due(before timestamptz, keep uuid[])
  returns table (patient_id uuid, provider text, basis text, last_at timestamptz, things bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  inside text := (select string_agg(format('select patient_id, plan_id, recorded_provider, legal_basis from %I', t), ' union all ')
    from record_tables(true) t);
  entries text := (select string_agg(format('select patient_id, recorded_provider, legal_basis, changed_at, true as goes from %I', t), ' union all ')
    from record_tables(false) t);
begin
  return query execute format($q$
    with e as (%s union all select h.patient_id, h.recorded_provider, h.legal_basis, h.changed_at, not exists (
        select from (%s) o where o.patient_id = h.patient_id and o.plan_id = h.id
          and (o.recorded_provider, o.legal_basis) <> (h.recorded_provider, h.legal_basis)) from plans h)
    select k.canonical_id, e.recorded_provider, e.legal_basis, max(e.changed_at), count(*) filter (where e.goes)
    from e join patient_keys k on k.patient_id = e.patient_id
    where not k.canonical_id = any ($2)
    group by 1, 2, 3
    having max(e.changed_at) < least($1, now() - case e.legal_basis when 'HSL' then interval '10 years' else interval '5 years' end)
      and count(*) filter (where e.goes) > 0 and (e.legal_basis = 'HSL' or not is_kept_for_research(k.canonical_id))
    order by 1, 2, 3$q$, entries, inside) using before, keep;
end
$$;
--> statement-breakpoint
-- Takes away what `records_due` tells of: the contributions with their history and the source systems' ids. Never a
-- person, never another owner's.
create function cull_records(before timestamptz, keep uuid[])
  returns table (patient_id uuid, provider text, basis text, last_at timestamptz, things bigint)
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '5s' as $$
declare
  due record;
  name text;
  keys uuid[];
  inside text := (select string_agg(format('select patient_id, plan_id from %I', t), ' union all ') from record_tables(true) t);
  gone text := 'with g as (delete from %1$I t where t.patient_id = any ($1) and t.recorded_provider = $2 and t.legal_basis = $3 %3$s
      returning t.patient_id, t.id), h as (delete from %2$I h using g where h.patient_id = g.patient_id and h.id = g.id)
    delete from external_ids x using g where x.patient_id = g.patient_id and x.id = g.id';
begin
  for due in select * from records_due(before, keep) loop
    keys := (select array_agg(k.patient_id) from patient_keys k where k.canonical_id = due.patient_id);
    for name in select t from record_tables(false) t loop
      execute format(gone, name, name || '_history', '') using keys, due.provider, due.basis;
    end loop;
    execute format(gone, 'plans', 'plans_history', format(
      'and not exists (select from (%s) o where o.patient_id = t.patient_id and o.plan_id = t.id)', inside))
      using keys, due.provider, due.basis;
    patient_id := due.patient_id; provider := due.provider; basis := due.basis; last_at := due.last_at; things := due.things;
    return next;
  end loop;
end
$$;
--> statement-breakpoint
revoke all on function record_tables(boolean), is_kept_for_research(uuid), records_due(timestamptz, uuid[]),
  cull_records(timestamptz, uuid[]) from public;
--> statement-breakpoint
grant execute on function records_due(timestamptz, uuid[]), cull_records(timestamptz, uuid[]) to patientkontrakt_retention;
