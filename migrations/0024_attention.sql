CREATE TABLE "attention_due" (
	"patient_id" uuid PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"rule" text NOT NULL,
	"severity" text NOT NULL,
	"plan_id" uuid NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"owner_unit" text NOT NULL,
	"owner_provider" text NOT NULL,
	"state" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"explained" jsonb,
	CONSTRAINT "findings_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE INDEX "attention_due_next" ON "attention_due" USING btree ("next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_once" ON "findings" USING btree ("patient_id","rule","subject_id") WHERE "findings"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "findings_plan" ON "findings" USING btree ("patient_id","plan_id");--> statement-breakpoint
CREATE INDEX "findings_owner" ON "findings" USING btree ("owner_unit","since","patient_id","id") WHERE "findings"."state" = 'open';