CREATE TABLE "deliveries" (
	"subscription_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"number" bigint,
	"lane" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"plan_id" uuid,
	"event" text NOT NULL,
	"resource_kind" text NOT NULL,
	"resource_id" uuid NOT NULL,
	"owner_provider" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone,
	"done_at" timestamp with time zone,
	"last_failure" text,
	CONSTRAINT "deliveries_subscription_id_id_pk" PRIMARY KEY("subscription_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_followers" (
	"name" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_sequence" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"last" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_progress" (
	"subscription_id" uuid PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"next_number" bigint NOT NULL,
	"last_sent_at" timestamp with time zone,
	"heartbeat_at" timestamp with time zone,
	"last_failure" text
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"client" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"provider" text NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"events" text[],
	"target" text,
	"sealed" text,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "position" bigint;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "sequenced_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("subscription_id","lane","position") WHERE "deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "deliveries_number" ON "deliveries" USING btree ("subscription_id","number");--> statement-breakpoint
CREATE INDEX "deliveries_dead" ON "deliveries" USING btree ("subscription_id","position") WHERE "deliveries"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "deliveries_done" ON "deliveries" USING btree ("done_at") WHERE "deliveries"."state" <> 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_one_feed" ON "subscriptions" USING btree ("client","provider") WHERE "subscriptions"."channel" = 'feed';--> statement-breakpoint
CREATE INDEX "subscriptions_client" ON "subscriptions" USING btree ("client","provider","id");--> statement-breakpoint
CREATE INDEX "subscriptions_working" ON "subscriptions" USING btree ("status","channel");--> statement-breakpoint
CREATE INDEX "outbox_position" ON "outbox" USING btree ("position");--> statement-breakpoint
CREATE INDEX "outbox_unsequenced" ON "outbox" USING btree ("seq") WHERE "outbox"."position" is null;