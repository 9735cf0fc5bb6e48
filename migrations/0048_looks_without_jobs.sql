-- Changes after a position, each once however much it tells, for whoever asks only whom something has happened to: a new
-- plan is one row here and 45 events. `counts` is false for one that tells of nothing but things of the kind left out.
create function changes_after(after bigint, without text, most int)
returns table ("position" bigint, patient_id uuid, counts boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.position, o.patient_id, case when o.resource_kind <> without then true
    else exists (select from unnest(o.more_resource_kinds) k where k <> without) end
  from outbox o where o.position > after order by o.position limit most
$$;
--> statement-breakpoint
revoke execute on function changes_after(bigint, text, int) from public;
--> statement-breakpoint
grant execute on function changes_after(bigint, text, int) to patientkontrakt_app, patientkontrakt_jobs;
--> statement-breakpoint
-- Whose turn it is to be looked at stands in attention_due alone: those who waited in the job queue are due now.
insert into attention_due (patient_id, next_at)
  select distinct (j.data->>'patientId')::uuid, now() from job_queue.job j
    where j.name = 'attention.person' and j.state <= 'active' and j.data->>'patientId' is not null
  on conflict (patient_id) do update set next_at = least(attention_due.next_at, excluded.next_at);
--> statement-breakpoint
delete from job_queue.schedule where name = 'attention.clock';
--> statement-breakpoint
delete from job_queue.job where name in ('attention.person', 'attention.clock');
--> statement-breakpoint
select job_queue.delete_queue('attention.person');
--> statement-breakpoint
select job_queue.delete_queue('attention.clock');
