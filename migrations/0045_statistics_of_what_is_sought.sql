-- Statistics of a column help to plan what looks for its values. Nothing looks for a whole content, nor for a list that no
-- index holds; sorting 30,000 contents and counting what is in as many lists was half of what each analyze cost.
create function without_statistics(of regclass) returns void
  language plpgsql set search_path = public, pg_catalog, pg_temp as $$
declare
  col name;
begin
  for col in select a.attname from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = of and a.attnum > 0 and not a.attisdropped and (a.atttypid = 'jsonb'::regtype or t.typcategory = 'A')
      and not exists (select from pg_index i where i.indrelid = of and a.attnum = any (i.indkey)) loop
    execute format('alter table %s alter column %I set statistics 0', of, col);
  end loop;
end
$$;
--> statement-breakpoint
revoke all on function without_statistics(regclass) from public;
--> statement-breakpoint
select without_statistics(c.oid) from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname;
--> statement-breakpoint
-- A new month's partition does not have it from the log; the function is otherwise as before (migration 0009).
create or replace function make_audit_partition(month date) returns void
  language plpgsql security definer set search_path = public, pg_temp set timezone = 'UTC' set lock_timeout = '5s' as $$
declare
  starts timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  parent text;
  part text;
  early boolean;
begin
  foreach parent in array array['audit_entries', 'audit_sealed'] loop
    part := parent || '_' || to_char(month, 'YYYYMM');
    continue when to_regclass('public.' || part) is not null;
    execute format('select exists (select from %I where at >= %L and at < %L)', parent || '_default', starts, ends) into early;
    if early then
      execute format('create table %I (like %I including defaults)', part, parent);
      execute format('with moved as (delete from %I where at >= %L and at < %L returning *) insert into %I select * from moved',
        parent || '_default', starts, ends, part);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, starts, ends);
    else
      execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent, starts, ends);
    end if;
    perform without_statistics(format('public.%I', part)::regclass);
  end loop;
end
$$;
