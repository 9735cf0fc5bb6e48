-- Roles belong to the whole server, not to this database: another database's migration, or an operator, may have made
-- them already or be making them at this very moment. They cannot log in; each login role is put in one of them, and
-- grants are given to these alone (see docs/database.md).
do $$
declare
  wanted text;
begin
  foreach wanted in array array['patientkontrakt_app', 'patientkontrakt_jobs', 'patientkontrakt_retention'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;
end
$$;
--> statement-breakpoint
-- Postgres 15 and later do so by themselves; a server upgraded from an older one does not.
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to patientkontrakt_app, patientkontrakt_jobs, patientkontrakt_retention;
--> statement-breakpoint
-- Whoever starts checks that the database fits its version.
grant select on schema_migrations to patientkontrakt_app, patientkontrakt_jobs, patientkontrakt_retention;
