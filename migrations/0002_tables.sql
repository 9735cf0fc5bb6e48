CREATE TABLE "care_providers" (
	"hsa_id" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"principal_hsa_id" text NOT NULL,
	"organization_number" text,
	"joined_shared_documentation_from" timestamp with time zone,
	"joined_shared_documentation_to" timestamp with time zone,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "care_providers_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "contact_channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_hsa_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"purpose" text NOT NULL,
	"audience" text NOT NULL,
	"opening_hours" jsonb NOT NULL,
	"when_closed" text,
	"in_emergency" text,
	"ord" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "principals" (
	"hsa_id" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"area_code" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "principals_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"hsa_id" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"title" text,
	"unit_hsa_ids" text[] NOT NULL,
	"protected_identity" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "staff_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"hsa_id" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"area" text NOT NULL,
	"provider_hsa_id" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "units_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"patient_id" uuid NOT NULL,
	"activity" text NOT NULL,
	"action" text NOT NULL,
	"purpose" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"user_kind" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text,
	"user_unit" text,
	"user_provider" text,
	"resource_kinds" text[] NOT NULL,
	"resource_ids" uuid[] NOT NULL,
	"resource_owners" text[] NOT NULL,
	"particulars" jsonb,
	"hits" integer,
	"request_id" text NOT NULL,
	"route" text NOT NULL,
	CONSTRAINT "audit_entries_patient_id_at_id_pk" PRIMARY KEY("patient_id","at","id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "external_ids" (
	"hash" text PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"plan_id" uuid,
	"kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"hash" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer NOT NULL,
	"patient_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"resource_kind" text NOT NULL,
	"plan_id" uuid,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event" text NOT NULL,
	"plan_id" uuid,
	"resource_kind" text NOT NULL,
	"resource_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"owner_unit" text NOT NULL,
	"owner_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "outbox_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "consents" (
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
	"type" text NOT NULL,
	"state" text NOT NULL,
	"recipient" text NOT NULL,
	"plan_id" uuid,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	CONSTRAINT "consents_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "consents_end_after_start" CHECK ("consents"."until_at" > "consents"."from_at")
);
--> statement-breakpoint
CREATE TABLE "consents_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "consents_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "patient_joins" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"joined_id" uuid NOT NULL,
	"act" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" jsonb NOT NULL,
	"why" text NOT NULL,
	CONSTRAINT "patient_joins_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "patient_keys" (
	"patient_id" uuid PRIMARY KEY NOT NULL,
	"canonical_id" uuid NOT NULL,
	"joined_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "patients" (
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
	"deceased_on" date,
	"protected_identity" text,
	CONSTRAINT "patients_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "patients_own_key" CHECK ("patients"."id" = "patients"."patient_id")
);
--> statement-breakpoint
CREATE TABLE "patients_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "patients_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "person_numbers" (
	"hash" text PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"number_kind" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "related_persons" (
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
	"relation" text NOT NULL,
	CONSTRAINT "related_persons_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "related_persons_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "related_persons_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "agreement_acts" (
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
	"version" integer NOT NULL,
	CONSTRAINT "agreement_acts_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "agreement_acts_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "agreement_acts_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "agreement_versions" (
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
	"version" integer NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "agreement_versions_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "agreement_versions_once" UNIQUE("patient_id","plan_id","version")
);
--> statement-breakpoint
CREATE TABLE "agreement_versions_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "agreement_versions_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "commitments" (
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
	"by_kind" text NOT NULL,
	"by_unit" text,
	"state" text NOT NULL,
	CONSTRAINT "commitments_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "commitments_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "commitments_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
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
	CONSTRAINT "follow_ups_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "follow_ups_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "follow_ups_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "goals" (
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
	"state" text NOT NULL,
	CONSTRAINT "goals_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "goals_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "goals_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "links" (
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
	CONSTRAINT "links_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "links_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "links_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "named_contacts" (
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
	"unit" text,
	"state" text NOT NULL,
	"is_primary" boolean NOT NULL,
	CONSTRAINT "named_contacts_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "named_contacts_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "named_contacts_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "participants" (
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
	"party_kind" text NOT NULL,
	"unit" text,
	"state" text NOT NULL,
	CONSTRAINT "participants_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "participants_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "participants_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "plans" (
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
	"status" text NOT NULL,
	"created_by_unit" text NOT NULL,
	"lead_unit" text NOT NULL,
	"part_of" uuid,
	"replaced_by" uuid,
	CONSTRAINT "plans_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "plans_not_own_part" CHECK ("plans"."part_of" is distinct from "plans"."id")
);
--> statement-breakpoint
CREATE TABLE "plans_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "plans_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
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
	"version" integer NOT NULL,
	"side" text NOT NULL,
	CONSTRAINT "receipts_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "receipts_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "receipts_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "remarks" (
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
	"about_id" uuid,
	CONSTRAINT "remarks_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "remarks_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "remarks_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "reports" (
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
	"step_id" uuid NOT NULL,
	"occurrence" text,
	"client_key" text NOT NULL,
	CONSTRAINT "reports_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "reports_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "reports_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "safety_net_items" (
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
	"ord" integer NOT NULL,
	CONSTRAINT "safety_net_items_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "safety_net_items_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "safety_net_items_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "self_care_assessments" (
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
	"step_id" uuid NOT NULL,
	CONSTRAINT "self_care_assessments_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "self_care_assessments_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "self_care_assessments_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "steps" (
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
	"state" text NOT NULL,
	"responsible_kind" text NOT NULL,
	"responsible_unit" text,
	"responsible_now" text NOT NULL,
	"due_at" timestamp with time zone,
	"ord" integer NOT NULL,
	CONSTRAINT "steps_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "steps_responsible_now" CHECK ("steps"."responsible_now" <> '')
);
--> statement-breakpoint
CREATE TABLE "steps_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "steps_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "what_matters" (
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
	CONSTRAINT "what_matters_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "what_matters_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "what_matters_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
ALTER TABLE "care_providers" ADD CONSTRAINT "care_providers_principal_hsa_id_principals_hsa_id_fk" FOREIGN KEY ("principal_hsa_id") REFERENCES "public"."principals"("hsa_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_provider_hsa_id_care_providers_hsa_id_fk" FOREIGN KEY ("provider_hsa_id") REFERENCES "public"."care_providers"("hsa_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_acts" ADD CONSTRAINT "agreement_acts_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_versions" ADD CONSTRAINT "agreement_versions_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "named_contacts" ADD CONSTRAINT "named_contacts_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_step" FOREIGN KEY ("patient_id","step_id") REFERENCES "public"."steps"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_net_items" ADD CONSTRAINT "safety_net_items_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_care_assessments" ADD CONSTRAINT "self_care_assessments_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_care_assessments" ADD CONSTRAINT "self_care_assessments_step" FOREIGN KEY ("patient_id","step_id") REFERENCES "public"."steps"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "what_matters" ADD CONSTRAINT "what_matters_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_channels_owner" ON "contact_channels" USING btree ("owner_hsa_id");--> statement-breakpoint
CREATE INDEX "units_provider" ON "units" USING btree ("provider_hsa_id");--> statement-breakpoint
CREATE INDEX "audit_entries_user" ON "audit_entries" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "audit_entries_provider" ON "audit_entries" USING btree ("user_provider","at");--> statement-breakpoint
CREATE INDEX "patient_keys_canonical" ON "patient_keys" USING btree ("canonical_id");--> statement-breakpoint
CREATE INDEX "patients_recorded_unit" ON "patients" USING btree ("recorded_unit");--> statement-breakpoint
CREATE INDEX "agreement_acts_by_plan" ON "agreement_acts" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "agreement_versions_by_plan" ON "agreement_versions" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "commitments_by_plan" ON "commitments" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "follow_ups_by_plan" ON "follow_ups" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "goals_by_plan" ON "goals" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "links_by_plan" ON "links" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "named_contacts_by_plan" ON "named_contacts" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "participants_by_plan" ON "participants" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "plans_recorded_unit" ON "plans" USING btree ("recorded_unit");--> statement-breakpoint
CREATE INDEX "receipts_by_plan" ON "receipts" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "remarks_by_plan" ON "remarks" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "reports_by_plan" ON "reports" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "safety_net_items_by_plan" ON "safety_net_items" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "self_care_assessments_by_plan" ON "self_care_assessments" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "steps_by_plan" ON "steps" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "steps_work_list" ON "steps" USING btree ("responsible_now","due_at","patient_id","id") WHERE state in ('wished','proposed','agreed','booked','in-progress','on-hold') and not entered_in_error;--> statement-breakpoint
CREATE INDEX "steps_asked" ON "steps" USING btree ("responsible_unit","due_at","patient_id","id") WHERE state = 'proposed' and not entered_in_error;--> statement-breakpoint
CREATE INDEX "what_matters_by_plan" ON "what_matters" USING btree ("patient_id","plan_id");