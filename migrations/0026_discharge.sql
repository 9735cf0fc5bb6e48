CREATE TABLE "discharge_messages" (
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
	"admission_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"receivers" text[] NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "discharge_messages_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "discharge_messages_admission" CHECK (("discharge_messages"."kind" = 'admission') = ("discharge_messages"."admission_id" = "discharge_messages"."id")),
	CONSTRAINT "discharge_messages_receivers" CHECK (cardinality("discharge_messages"."receivers") > 0)
);
--> statement-breakpoint
CREATE TABLE "discharge_messages_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "discharge_messages_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE INDEX "discharge_messages_stay" ON "discharge_messages" USING btree ("patient_id","admission_id");--> statement-breakpoint
CREATE INDEX "discharge_messages_to" ON "discharge_messages" USING gin ("receivers");