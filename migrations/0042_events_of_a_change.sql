ALTER TABLE "outbox" ADD COLUMN "more_ids" uuid[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_events" text[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_resource_kinds" text[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_resource_ids" uuid[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_revisions" integer[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_plan_ids" uuid[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_owner_units" text[];--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "more_owner_providers" text[];