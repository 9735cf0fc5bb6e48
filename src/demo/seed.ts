import type { Pool } from 'pg';
import { daysFrom } from './days.ts';
import type { DemoIssuer } from './issuer.ts';
import { loadDemoDirectory } from './load-directory.ts';
import { getPersona } from './personas.ts';
import { type Injectable, type Shown, Stage } from './stage.ts';
import { StagedPlan } from './staged-plan.ts';
import { StagedStay } from './staged-stay.ts';
import { ester } from './stories/ester.ts';
import { findStoryPlan, STORY_SOURCE } from './stories/find-plan.ts';
import { love } from './stories/love.ts';
import { mirza } from './stories/mirza.ts';
import { petra } from './stories/petra.ts';
import type { DemoConsent, DemoStory } from './stories/story.ts';

/** The person with the protected identity is left out: nobody that may not be found belongs among the first to look at. */
const STORIES: readonly DemoStory[] = [ester, mirza, love, petra];

/** What of a started demonstration its first persons are put into. */
export interface SeedTarget {
  readonly app: Injectable;
  readonly demonstration?: {
    readonly issuer: Pick<DemoIssuer, 'signToken'>;
    readonly clock: { now(): number };
    readonly pool: Pool;
    /** False leaves it without persons. */
    readonly persons: boolean;
  };
}

/** Finds the person who has the persona's number, else registers. */
async function personOf(stage: Stage, { citizen, person, lead }: DemoStory): Promise<string> {
  const { claims } = getPersona(citizen);
  const personNumber = claims.personalIdentityNumber;
  const search = { method: 'POST', url: '/v1/patients/search', body: { personNumber } } as const;
  const found = await stage.send<{ items: { id: string }[] }>(lead, search);
  if (found.items[0]) return found.items[0].id;
  const body = { personNumber, givenName: claims.given_name, familyName: claims.family_name, ...person };
  return (await stage.send(lead, { method: 'POST', url: '/v1/patients', body })).id;
}

/** Records each consent that no earlier start has recorded. */
async function askConsents(stage: Stage, lead: string, patientId: string, wanted: readonly DemoConsent[]) {
  const url = `/v1/patients/${patientId}/consents`;
  const { items } = await stage.send<{ items: readonly DemoConsent[] }>(lead, { method: 'GET', url });
  const given = new Set(items.map(({ recipient }) => recipient.hsaId));
  for (const body of wanted) {
    if (!given.has(body.recipient.hsaId)) await stage.send(lead, { method: 'POST', url, body });
  }
}

async function writePlan(stage: Stage, story: DemoStory, now: number): Promise<string> {
  const days = daysFrom(now);
  const patientId = await personOf(stage, story);
  if (story.consents) await askConsents(stage, story.lead, patientId, story.consents(days));
  const externalId = { source: STORY_SOURCE, id: story.name };
  const body = { patientId, approvedForPatient: true, externalId, ...story.plan(days) };
  const made = await stage.send<{ plan: Shown }>(story.lead, { method: 'POST', url: '/v1/plans', body });
  return made.plan.id;
}

/** Where in its story a plan stands: one that has come to its end, or been taken elsewhere by somebody, is left alone. */
const UNDER_WAY: Readonly<Record<DemoStory['ends'], readonly string[]>> = {
  proposed: ['draft'],
  active: ['draft', 'proposed'],
};

async function tell(stage: Stage, story: DemoStory, now: number): Promise<void> {
  const known = await findStoryPlan(stage, story.name);
  const plan = new StagedPlan(stage, story.lead, known ?? (await writePlan(stage, story, now)));
  if (!UNDER_WAY[story.ends].includes(await plan.status())) return;
  const days = daysFrom(now);
  if ((await plan.status()) === 'draft') {
    await story.joined(plan, days);
    await plan.moveTo('proposed');
  }
  await story.proposed?.(plan, days);
  if (story.stay) await story.stay.goes(new StagedStay(stage, story.stay.ward, await plan.patientId()), days);
  await plan.moveTo(story.ends);
}

/**
 * Puts what the demonstration begins with into its database: the made-up regions, kommuner, units and staff, and a few
 * persons with plans that lie right in time for its clock. Through the service's own doors, so that what is there could
 * have been written by anybody.
 *
 * A start that was killed half-way goes on at the next one; what is there already is left as it is.
 *
 * @throws StageFault, Error when the service refuses what the demonstration writes
 */
export async function seedDemonstration({ app, demonstration }: SeedTarget): Promise<void> {
  if (!demonstration) throw new Error('only a demonstration is given made-up persons');
  const { pool, issuer, clock, persons } = demonstration;
  await loadDemoDirectory(pool);
  if (!persons) return;
  const stage = new Stage(app, issuer);
  for (const story of STORIES) await tell(stage, story, clock.now());
}
