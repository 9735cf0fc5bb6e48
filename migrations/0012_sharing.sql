CREATE TABLE "access_facts" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"recorded_kind" text NOT NULL,
	"recorded_staff" text,
	"recorded_name" text,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"recorded_principal" text NOT NULL,
	"legal_basis" text NOT NULL,
	"approved_for_patient" boolean NOT NULL,
	"signed_by" text,
	"signed_at" timestamp with time zone,
	"entered_in_error" boolean DEFAULT false NOT NULL,
	"external_source" text,
	"external_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_kind" text NOT NULL,
	"changed_staff" text,
	"changed_name" text,
	"changed_unit" text,
	"changed_why" text,
	"content" jsonb NOT NULL,
	"kind" text NOT NULL,
	"provider" text,
	"unit" text,
	"staff" text,
	"client_id" text,
	"state" text,
	"from_at" timestamp with time zone,
	"until_at" timestamp with time zone,
	CONSTRAINT "access_facts_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "access_facts_end_after_start" CHECK ("access_facts"."until_at" is null or "access_facts"."until_at" >= "access_facts"."from_at"),
	CONSTRAINT "access_facts_emergency_ends" CHECK ("access_facts"."kind" <> 'emergency-access' or "access_facts"."until_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "access_facts_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "access_facts_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"recorded_kind" text NOT NULL,
	"recorded_staff" text,
	"recorded_name" text,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"recorded_principal" text NOT NULL,
	"legal_basis" text NOT NULL,
	"approved_for_patient" boolean NOT NULL,
	"signed_by" text,
	"signed_at" timestamp with time zone,
	"entered_in_error" boolean DEFAULT false NOT NULL,
	"external_source" text,
	"external_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_kind" text NOT NULL,
	"changed_staff" text,
	"changed_name" text,
	"changed_unit" text,
	"changed_why" text,
	"content" jsonb NOT NULL,
	"plan_id" uuid NOT NULL,
	"ground" text NOT NULL,
	"receiver" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "disclosures_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "disclosures_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "disclosures_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
ALTER TABLE "related_persons" ADD COLUMN "number_hash" text;--> statement-breakpoint
CREATE INDEX "access_facts_asked" ON "access_facts" USING btree ("provider","created_at","patient_id","id") WHERE "access_facts"."kind" = 'block-lift-request';--> statement-breakpoint
CREATE INDEX "related_persons_number" ON "related_persons" USING btree ("number_hash") WHERE "related_persons"."number_hash" is not null;