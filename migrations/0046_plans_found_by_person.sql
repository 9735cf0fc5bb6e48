DROP INDEX "agreement_acts_by_plan";--> statement-breakpoint
DROP INDEX "agreement_versions_by_plan";--> statement-breakpoint
DROP INDEX "commitments_by_plan";--> statement-breakpoint
DROP INDEX "feedback_by_plan";--> statement-breakpoint
DROP INDEX "follow_ups_by_plan";--> statement-breakpoint
DROP INDEX "goals_by_plan";--> statement-breakpoint
DROP INDEX "handovers_by_plan";--> statement-breakpoint
DROP INDEX "links_by_plan";--> statement-breakpoint
DROP INDEX "named_contacts_by_plan";--> statement-breakpoint
DROP INDEX "participants_by_plan";--> statement-breakpoint
DROP INDEX "receipts_by_plan";--> statement-breakpoint
DROP INDEX "remarks_by_plan";--> statement-breakpoint
DROP INDEX "reports_by_plan";--> statement-breakpoint
DROP INDEX "safety_net_items_by_plan";--> statement-breakpoint
DROP INDEX "self_care_assessments_by_plan";--> statement-breakpoint
DROP INDEX "steps_by_plan";--> statement-breakpoint
DROP INDEX "what_matters_by_plan";