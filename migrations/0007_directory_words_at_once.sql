DROP INDEX "care_providers_words";--> statement-breakpoint
DROP INDEX "staff_units";--> statement-breakpoint
DROP INDEX "staff_words";--> statement-breakpoint
DROP INDEX "units_words";--> statement-breakpoint
CREATE INDEX "care_providers_words" ON "care_providers" USING gin (array_to_tsvector("search_words")) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "staff_units" ON "staff" USING gin ("unit_hsa_ids") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "staff_words" ON "staff" USING gin (array_to_tsvector("search_words")) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "units_words" ON "units" USING gin (array_to_tsvector("search_words")) WITH (fastupdate=false);