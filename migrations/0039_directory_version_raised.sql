-- The directory's version (docs/decisions/0014): a process that holds what the directory says of somebody uses it only
-- beside a record that was read at the same version. Whoever changes the directory, by whatever way, makes a new one in
-- the same transaction, and no version is ever used twice, whatever was undone or restored. The row is held until the
-- change is committed: of two changes, a reader who sees the later version sees both.
insert into directory_version default values;
--> statement-breakpoint
create function raise_directory_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into directory_version as v (id, version) values (1, gen_random_uuid())
    on conflict (id) do update set version = excluded.version;
  return null;
end
$$;
--> statement-breakpoint
do $$
declare
  name text;
begin
  foreach name in array array['principals', 'care_providers', 'units', 'staff', 'contact_channels'] loop
    execute format('create trigger raise_version after insert or update or delete or truncate on %I
      for each statement execute function raise_directory_version()', name);
  end loop;
end
$$;
--> statement-breakpoint
grant select on directory_version to patientkontrakt_app;
