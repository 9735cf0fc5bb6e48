CREATE TABLE "notices" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"way" text,
	"reason" text,
	"done_at" timestamp with time zone,
	CONSTRAINT "notices_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "notices_one_waiting" ON "notices" USING btree ("patient_id") WHERE "notices"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("due_at") WHERE "notices"."state" = 'waiting';