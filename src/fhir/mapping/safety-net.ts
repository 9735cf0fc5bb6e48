import { safetyNetView } from '../../plans/domain/overview-safety-net.ts';
import { onceForLatest } from '../../shared/once.ts';
import type { FhirView } from './view.ts';

/** The plan's own signs with whom to call: told in its narrative and in its extensions. */
export const safetyNetOf = onceForLatest(({ plan, context }: FhirView) =>
  safetyNetView([plan.header], plan.content, context),
);
