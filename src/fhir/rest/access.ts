import type { Actor } from '../../shared/actor.ts';

/** Who each kind of route is for and what it does, in the words of the closed list; the guard decides on each request. */

const EVERYONE: readonly Actor['kind'][] = ['staff', 'citizen', 'system'];
const AT_WORK: readonly Actor['kind'][] = ['staff', 'system'];

function of(action: string, actors: readonly Actor['kind'][]) {
  return { config: { access: { actions: [action], actors } } };
}

export const READ_PLAN = of('plan.read', EVERYONE);
export const SEARCH_PLANS = of('plan.list', ['staff', 'citizen']);
export const READ_OVERVIEW = of('overview.read', ['citizen']);
export const READ_PERSON = of('patient.read', ['staff', 'citizen']);
export const FIND_PERSON = of('patient.find', AT_WORK);
export const READ_UNITS = of('directory.read', EVERYONE);
export const READ_STAFF = of('directory.read', AT_WORK);
export const READ_RELATED = of('representative.read', ['staff', 'citizen']);
export const READ_CONSENTS = {
  config: { access: { actions: ['consent.read', 'block.read'], actors: ['staff', 'citizen'] as const } },
};
export const READ_LOG = of('log.extract', ['staff', 'citizen']);
/** What holds nobody's data, for whoever has a sign-in at all. */
export const NOTHING_HERE = of('plan.list', EVERYONE);
export const PUBLIC = { config: { access: 'public' as const } };
