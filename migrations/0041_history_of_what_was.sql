-- History holds the wordings that are no more; how a thing reads now is its own row alone. Until now each wording was also
-- written when it was made, so that a new plan wrote everything twice. And it is the database that keeps what an update takes
-- the place of: no writer can leave it out, nor write a history of their own.
create function refuse_rewriting() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Where a step stands in a list follows from other things, and is no wording of its own. The owner, whom row-level
  -- security does not bind either, answers for what is mended by hand.
  if row_security_active(tg_relid) and to_jsonb(new) - 'due_at' is distinct from to_jsonb(old) - 'due_at' then
    raise exception 'a wording in % is written over without the next revision', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
--> statement-breakpoint
-- Called once by the migration that makes a table with a history. One function for each table: a statement put together
-- anew for each row would be planned anew for each row.
create function keep_wordings(versioned text) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  history text := versioned || '_history';
  keeper text := versioned || '_keep_wording';
  plan_id text := case
    when versioned = 'plans' then 'old.id'
    when exists (select from pg_attribute where attrelid = versioned::regclass and attname = 'plan_id' and not attisdropped) then 'old.plan_id'
    else 'null' end;
begin
  execute format($f$
    create function %I() returns trigger language plpgsql security definer set search_path = public, pg_temp as $body$
    begin
      insert into %I (patient_id, id, revision, plan_id, recorded_unit, recorded_provider, at, by_unit, content)
      values (old.patient_id, old.id, old.revision, %s, old.recorded_unit, old.recorded_provider, old.changed_at,
        old.changed_unit, to_jsonb(old));
      return null;
    end
    $body$
    $f$, keeper, history, plan_id);
  execute format('revoke all on function %I() from public', keeper);
  execute format('create trigger keep_wording after update on %I for each row when (new.revision <> old.revision) execute function %I()',
    versioned, keeper);
  execute format('create trigger refuse_rewriting before update on %I for each row
    when (new.revision <> old.revision + 1 or new.patient_id <> old.patient_id or new.id <> old.id) execute function refuse_rewriting()', versioned);
  execute format('revoke insert on %I from patientkontrakt_app', history);
  execute format('drop policy if exists bound_insert on %I', history);
end
$$;
--> statement-breakpoint
revoke all on function refuse_rewriting(), keep_wordings(text) from public;
--> statement-breakpoint
do $$
declare
  history text;
  versioned text;
begin
  for history in select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like '%\_history' order by 1 loop
    versioned := left(history, -length('_history'));
    execute format('delete from %I h using %I t where h.patient_id = t.patient_id and h.id = t.id and h.revision = t.revision', history, versioned);
    perform keep_wordings(versioned);
  end loop;
end
$$;
