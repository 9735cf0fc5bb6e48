-- As a header stays while another owner has anything in the plan, a step stays while another's report or assessment is
-- about it: neither could be understood without.
create function record_stays(name text) returns text language sql immutable set search_path = public, pg_temp as
$$ select case name when 'steps' then 'exists (select from reports r where r.patient_id = t.patient_id and r.step_id = t.id
      and (r.recorded_provider, r.legal_basis) <> (t.recorded_provider, t.legal_basis))
    or exists (select from self_care_assessments a where a.patient_id = t.patient_id and a.step_id = t.id
      and (a.recorded_provider, a.legal_basis) <> (t.recorded_provider, t.legal_basis))' else 'false' end $$;
--> statement-breakpoint
create or replace function records_due(before timestamptz, keep uuid[])
  returns table (patient_id uuid, provider text, basis text, last_at timestamptz, things bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  inside text := (select string_agg(format('select patient_id, plan_id, recorded_provider, legal_basis from %I', t), ' union all ')
    from record_tables(true) t);
  entries text := (select string_agg(format('select t.patient_id, t.recorded_provider, t.legal_basis, t.changed_at, not (%s) as goes from %I t',
    record_stays(name), name), ' union all ') from record_tables(false) name);
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
create or replace function cull_records(before timestamptz, keep uuid[])
  returns table (patient_id uuid, provider text, basis text, last_at timestamptz, things bigint)
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '5s' as $$
declare
  due record;
  name text;
  keys uuid[];
  inside text := (select string_agg(format('select patient_id, plan_id from %I', t), ' union all ') from record_tables(true) t);
  gone text := 'with g as (delete from %1$I t where t.patient_id = any ($1) and t.recorded_provider = $2 and t.legal_basis = $3
        and not (%2$s) returning t.patient_id, t.id) %3$s
    delete from external_ids x using g where x.patient_id = g.patient_id and x.id = g.id';
  history text := ', h as (delete from %I h using g where h.patient_id = g.patient_id and h.id = g.id)';
begin
  for due in select * from records_due(before, keep) loop
    keys := (select array_agg(k.patient_id) from patient_keys k where k.canonical_id = due.patient_id);
    for name in select t from record_tables(false) t loop
      execute format(gone, name, record_stays(name),
        case when to_regclass(quote_ident(name || '_history')) is null then '' else format(history, name || '_history') end)
        using keys, due.provider, due.basis;
    end loop;
    execute format(gone, 'plans', format('exists (select from (%s) o where o.patient_id = t.patient_id and o.plan_id = t.id)', inside),
      format(history, 'plans_history')) using keys, due.provider, due.basis;
    patient_id := due.patient_id; provider := due.provider; basis := due.basis; last_at := due.last_at; things := due.things;
    return next;
  end loop;
end
$$;
--> statement-breakpoint
revoke all on function record_stays(text) from public;
