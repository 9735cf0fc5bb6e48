import type { InjectOptions } from 'fastify';
import { type PatientId, publicId, publicPatientId, type ThingId } from '../../src/shared/ids.ts';
import { type Ask, READS } from './ask.ts';
import { findUnit, PROVIDERS, providerOf, tst } from './places.ts';
import type { World } from './world.ts';

export type Sent = Pick<InjectOptions, 'method' | 'url' | 'payload' | 'headers'>;

const JSON_BODY = { 'content-type': 'application/json' };
/** Of no thing there is. */
const STALE = { ...JSON_BODY, 'if-match': '"99"' };
const BACKWARDS = { from: '2999-01-01T00:00:00Z', until: '2998-01-01T00:00:00Z' };

const ADMITTED: { readonly [what: string]: number } = {
  search: 422,
  change: 412,
  'care-relation.end': 412,
  'emergency.close': 412,
  'log.extract': 200,
  'export.answer': 412,
  'protection.set': 412,
};

/** What is answered once the law lets somebody in; the rules then refuse a write, so that nothing is changed. */
export function admittedBy({ what, at }: Ask, { exports: [first] }: World): number {
  // What was approved lapses.
  if (what === 'export.take') return first && at >= first.until ? 409 : 200;
  return ADMITTED[what] ?? (READS.some((read) => read === what) ? 200 : 422);
}

const key = ({ patientKey }: World) => patientKey as PatientId;
const thing = (world: World, id: string | undefined) => publicId(key(world), (id ?? world.patientKey) as ThingId);

type Write = (
  world: World,
  ask: Ask,
) => { readonly path: string; readonly body: object; readonly stale?: true; readonly patch?: true };

const ofPerson = (world: World, path: string, body: object) => ({
  path: `patients/${publicPatientId(key(world))}/${path}`,
  body,
});

function ownProvider({ asking }: Ask): string {
  return asking.kind === 'citizen' ? PROVIDERS[0]!.id : asking.provider;
}

const WRITE: { readonly [what: string]: Write } = {
  change: (world, { plan }) => ({
    path: `plans/${thing(world, plan)}`,
    body: { title: 'Ny' },
    stale: true,
    patch: true,
  }),
  'information.record': (world) => ofPerson(world, 'information-given', { form: 'oral', at: BACKWARDS.from }),
  'care-relation.register': (world, { asking }) => {
    const isSocial = asking.kind === 'staff' && findUnit(asking.unit) && providerOf(asking.unit).kind === 'social-care';
    return ofPerson(world, 'care-relations', { kind: isSocial ? 'intervention' : 'care', ...BACKWARDS });
  },
  'care-relation.end': (world) => ({
    path: `care-relations/${thing(world, world.relations[0]?.id)}/end`,
    body: {},
    stale: true,
  }),
  'block.set': (world, ask) => ofPerson(world, 'blocks', { reach: 'outer', provider: ownProvider(ask), ...BACKWARDS }),
  'block.set of another': (world) => ofPerson(world, 'blocks', { reach: 'outer', provider: tst('XSV'), ...BACKWARDS }),
  'guardian-block.set': (world) => ofPerson(world, 'guardian-blocks', { reason: 'Fara', ...BACKWARDS }),
  'unit-decision.record': (world) =>
    ofPerson(world, 'unit-decisions', { opensFor: 'child', assessment: 'Mogen', ...BACKWARDS }),
  'sealing.set': (world) => ofPerson(world, 'sealings', BACKWARDS),
  'protection.set': (world) => ({
    ...ofPerson(world, 'protection', { grade: 'confidentiality-mark' }),
    stale: true,
  }),
  'protection.grant-access': (world) => ofPerson(world, 'protected-access', { staff: tst('XA1P'), ...BACKWARDS }),
  // By a law that the unit does not work under.
  'export.ask': (world, { asking }) =>
    ofPerson(world, 'export-requests', {
      ...{ reason: 'supervision', purpose: 'Tillsyn' },
      legalBasis:
        asking.kind === 'staff' && findUnit(asking.unit) && providerOf(asking.unit).kind === 'care' ? 'LSS' : 'HSL',
    }),
  'export.answer': (world) => ({
    path: `export-requests/${thing(world, world.exports[0]?.id)}/answer`,
    body: { answer: 'approve' },
    stale: true,
  }),
  'log.extract': (world) => ofPerson(world, 'access-log', {}),
  'disclosure.make': (world, { plan }) => ({
    path: `plans/${thing(world, plan)}/disclosures`,
    body: {
      ground: 'consent',
      receiver: { kind: 'unit', hsaId: tst('XK3') },
      purpose: 'Skolgång',
      consentId: thing(world, plan),
    },
  }),
  'emergency.open': (world) =>
    ofPerson(world, 'emergency-accesses', { reason: 'Medvetslös', consentUnobtainable: false }),
  // For no ward, and with more than the law lets a notice hold.
  'discharge.send': (world) =>
    ofPerson(world, 'hospital-stays', {
      ...{ receivers: [tst('XK1')], municipalHealthCareExpected: false, diagnosis: 'Hjärtsvikt' },
      ...{ admittedAt: '2020-01-01T00:00:00Z', estimatedDischarge: '2020-01-05' },
    }),
  'emergency.close': (world, { asking }) => {
    const own = world.emergencies.find((it) => asking.kind === 'staff' && it.staff === asking.staff);
    return {
      path: `emergency-accesses/${thing(world, (own ?? world.emergencies[0])?.id)}/close`,
      body: {},
      stale: true,
    };
  },
};

/** A request as it goes over HTTP. */
export function requestFor(ask: Ask, world: World, cursor?: string): Sent {
  const person = publicPatientId(key(world));
  const plan = `/v1/plans/${thing(world, ask.plan)}`;
  const get = (url: string): Sent => ({ method: 'GET', url });
  switch (ask.what) {
    case 'plan':
      return get(plan);
    case 'history':
      return get(`${plan}/history?limit=100`);
    case 'allowed-actions':
      return get(`${plan}/allowed-actions`);
    case 'existence':
      return get(`/v1/patients/${person}/existence`);
    case 'overview':
      return get(`/v1/patients/${person}/overview`);
    case 'my-overview':
      return get('/v1/my/overview');
    case 'work-list in pages':
      return get(`/v1/unit-steps?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    case 'export.take':
      return get(`/v1/export-requests/${thing(world, world.exports[0]?.id)}/export`);
    case 'list':
      return { method: 'POST', url: '/v1/plans/search', payload: { patientId: person }, headers: JSON_BODY };
    case 'fhir':
      return get(`/fhir/R4/CarePlan/${thing(world, ask.plan)}/$everything`);
    case 'discharge.read':
      return get(`/v1/patients/${person}/hospital-stays`);
    case 'work-list':
      return get('/v1/unit-steps?limit=100');
    case 'search':
      return { method: 'POST', url: '/v1/plans/search', payload: ask.by!, headers: JSON_BODY };
    default: {
      const { path, body, stale, patch } = WRITE[ask.what]!(world, ask);
      return {
        method: patch ? 'PATCH' : 'POST',
        url: `/v1/${path}`,
        payload: body,
        headers: stale ? STALE : JSON_BODY,
      };
    }
  }
}
