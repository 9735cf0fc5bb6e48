import { safetyNetView } from '../../plans/domain/overview-safety-net.ts';
import { oncePerView } from './once-per-view.ts';

/** The plan's own signs with whom to call: told in its narrative and in its extensions. */
export const safetyNetOf = oncePerView(({ plan, context }) => safetyNetView([plan.header], plan.content, context));
