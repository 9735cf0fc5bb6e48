CREATE TABLE "audit_retentions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_login" text NOT NULL,
	"before_at" timestamp with time zone NOT NULL,
	"entries" bigint NOT NULL,
	"parts" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_review_conclusions" (
	"review_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"provider" text NOT NULL,
	"by_staff" text NOT NULL,
	"by_name" text NOT NULL,
	"outcome" text NOT NULL,
	"text" text NOT NULL,
	"findings" integer[] NOT NULL,
	CONSTRAINT "audit_review_conclusions_review_id_id_pk" PRIMARY KEY("review_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_review_findings" (
	"review_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"provider" text NOT NULL,
	"patient_id" uuid NOT NULL,
	"patterns" text[] NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "audit_review_findings_review_id_number_pk" PRIMARY KEY("review_id","number")
);
--> statement-breakpoint
CREATE TABLE "audit_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"provider" text NOT NULL,
	"unit" text NOT NULL,
	"by_staff" text NOT NULL,
	"by_name" text NOT NULL,
	"kind" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"seed" text,
	"covered" bigint NOT NULL,
	"findings" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_sealed" (
	"seal" bigint NOT NULL,
	"patient_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"id" uuid NOT NULL,
	"hash" "bytea" NOT NULL
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"number" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"day" date,
	"sealed_at" timestamp with time zone NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"entries" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_unsealed" (
	"patient_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"id" uuid NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_watches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"patient_id" uuid NOT NULL,
	"why" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"by_staff" text NOT NULL,
	"by_name" text NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
-- Entries written before this are hashed here, once, in the canonical form of audit/entry-hash.ts.
create function pg_temp.sorted(value jsonb) returns text language sql as
$$ select case jsonb_typeof(value)
     when 'object' then '{' || coalesce((select string_agg(to_json(key)::text || ':' || pg_temp.sorted(inner_value), ',' order by key collate "C")
       from jsonb_each(value) fields(key, inner_value)), '') || '}'
     when 'array' then '[' || coalesce((select string_agg(pg_temp.sorted(item), ',' order by place)
       from jsonb_array_elements(value) with ordinality items(item, place)), '') || ']'
     else value::text end $$;
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "hash" "bytea";--> statement-breakpoint
update audit_entries set hash = sha256(convert_to('["audit-entry/1",' || concat_ws(',',
  to_json(id::text), to_json(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), to_json(patient_id::text),
  to_json(activity), to_json(action), to_json(purpose), to_json(outcome), coalesce(to_json(reason)::text, 'null'),
  to_json(user_kind), to_json(user_id), coalesce(to_json(user_name)::text, 'null'), coalesce(to_json(user_unit)::text, 'null'),
  coalesce(to_json(user_provider)::text, 'null'), array_to_json(resource_kinds), array_to_json(resource_ids),
  array_to_json(resource_owners), coalesce(pg_temp.sorted(particulars), 'null'), coalesce(hits::text, 'null'),
  to_json(request_id), to_json(route)) || ']', 'UTF8'));--> statement-breakpoint
ALTER TABLE "audit_entries" ALTER COLUMN "hash" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_reviews_provider" ON "audit_reviews" USING btree ("provider","at","id");--> statement-breakpoint
CREATE INDEX "audit_sealed_seal" ON "audit_sealed" USING btree ("seal");--> statement-breakpoint
CREATE INDEX "audit_watches_provider" ON "audit_watches" USING btree ("provider","patient_id");