DROP INDEX "contact_channels_owner";--> statement-breakpoint
ALTER TABLE "care_providers" ADD COLUMN "search_words" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "care_providers" ADD COLUMN "sort_key" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "principals" ADD COLUMN "search_words" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "principals" ADD COLUMN "sort_key" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "search_words" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "sort_key" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "search_words" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "sort_key" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "care_providers_principal" ON "care_providers" USING btree ("principal_hsa_id");--> statement-breakpoint
CREATE INDEX "care_providers_order" ON "care_providers" USING btree ("sort_key","hsa_id");--> statement-breakpoint
CREATE INDEX "care_providers_words" ON "care_providers" USING gin (array_to_tsvector("search_words"));--> statement-breakpoint
CREATE UNIQUE INDEX "contact_channels_owner_key" ON "contact_channels" USING btree ("owner_hsa_id","key");--> statement-breakpoint
CREATE INDEX "staff_units" ON "staff" USING gin ("unit_hsa_ids");--> statement-breakpoint
CREATE INDEX "staff_order" ON "staff" USING btree ("sort_key","hsa_id");--> statement-breakpoint
CREATE INDEX "staff_words" ON "staff" USING gin (array_to_tsvector("search_words"));--> statement-breakpoint
CREATE INDEX "units_order" ON "units" USING btree ("sort_key","hsa_id");--> statement-breakpoint
CREATE INDEX "units_words" ON "units" USING gin (array_to_tsvector("search_words"));