CREATE TABLE "deadline_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"municipality" text NOT NULL,
	"name" text NOT NULL,
	"rule" jsonb NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"reference" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "deadline_rules_once" UNIQUE("region","municipality","name","valid_from"),
	CONSTRAINT "deadline_rules_end_after_start" CHECK ("deadline_rules"."valid_to" is null or "deadline_rules"."valid_to" >= "deadline_rules"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
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
	"about_id" uuid NOT NULL,
	"what" text NOT NULL,
	"from_unit" text NOT NULL,
	"to_unit" text NOT NULL,
	CONSTRAINT "feedback_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "feedback_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "feedback_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
CREATE TABLE "handovers" (
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
	"of" text NOT NULL,
	"about_id" uuid NOT NULL,
	"state" text NOT NULL,
	"from_unit" text NOT NULL,
	"to_unit" text NOT NULL,
	"escalate_to" text NOT NULL,
	"answer_by" timestamp with time zone NOT NULL,
	CONSTRAINT "handovers_patient_id_id_pk" PRIMARY KEY("patient_id","id"),
	CONSTRAINT "handovers_two_sides" CHECK ("handovers"."from_unit" <> '' and "handovers"."to_unit" <> '' and "handovers"."from_unit" <> "handovers"."to_unit")
);
--> statement-breakpoint
CREATE TABLE "handovers_history" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plan_id" uuid,
	"recorded_unit" text NOT NULL,
	"recorded_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_unit" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "handovers_history_patient_id_id_revision_pk" PRIMARY KEY("patient_id","id","revision")
);
--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_plan" FOREIGN KEY ("patient_id","plan_id") REFERENCES "public"."plans"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feedback_by_plan" ON "feedback" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "feedback_from" ON "feedback" USING btree ("from_unit","created_at");--> statement-breakpoint
CREATE INDEX "feedback_to" ON "feedback" USING btree ("to_unit","created_at");--> statement-breakpoint
CREATE INDEX "handovers_by_plan" ON "handovers" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_one_open" ON "handovers" USING btree ("patient_id","about_id") WHERE state in ('offered','received') and not entered_in_error;--> statement-breakpoint
CREATE INDEX "handovers_waiting" ON "handovers" USING btree ("to_unit","answer_by","patient_id","id") WHERE state in ('offered','received') and not entered_in_error;--> statement-breakpoint
CREATE INDEX "handovers_given" ON "handovers" USING btree ("from_unit","answer_by","patient_id","id") WHERE state in ('offered','received') and not entered_in_error;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_lead_unit" CHECK ("plans"."lead_unit" <> '');