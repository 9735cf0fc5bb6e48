-- Whom the database is for: real persons (normal) or made-up ones (demonstration). Written once, by the first start,
-- and never changed by the service: each mode refuses the other's database.
create table service_mark (
  only_row boolean primary key default true check (only_row),
  mode text not null check (mode in ('demonstration', 'normal')),
  marked_at timestamptz not null default now()
);
--> statement-breakpoint
grant select, insert on service_mark to patientkontrakt_app;
--> statement-breakpoint
grant select on service_mark to patientkontrakt_jobs, patientkontrakt_retention;
