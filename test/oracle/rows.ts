import { ownedRow } from '../../src/db/owned-row.ts';
import type { Row, RowChange } from '../../src/db/save-rows.ts';
import { STORAGE } from '../../src/plans/store/tables.ts';
import { columnsOf } from '../../src/sharing/store/tables.ts';
import { contentOf, headerContent } from './contents.ts';
import { NUMBERS } from './people.ts';
import { OPEN_UNITS, principalOf, providerOf, providerPlace } from './places.ts';
import type { CopyHanded, PlanOf, Span, Thing, World } from './world.ts';

/** The rows of a world, in the tables' own shapes: what writing through the doors would have left. */

export const iso = (at: number) => new Date(at).toISOString();
const period = ({ from, until }: Span) => ({ from: iso(from), ...(until === undefined ? {} : { until: iso(until) }) });
const writtenIn = (written: Partial<Span> | undefined) =>
  written && {
    ...(written.from === undefined ? {} : { from: iso(written.from) }),
    ...(written.until === undefined ? {} : { until: iso(written.until) }),
  };

type OwnedFields = Parameters<typeof ownedRow>[0];

function ownership(world: World, thing: Omit<Thing, 'kind' | 'clinical'>, planId?: string): OwnedFields {
  const by = { kind: thing.by, ...(thing.by === 'staff' ? { staff: `${thing.owner}P`, name: 'Någon' } : {}) };
  return {
    patientId: world.patientKey,
    id: thing.id,
    ...(planId === undefined ? {} : { planId }),
    revision: thing.revision,
    recordedBy: {
      ...by,
      unit: thing.owner,
      provider: providerOf(thing.owner).id,
      principal: principalOf(thing.owner).id,
    },
    legalBasis: thing.basis,
    approvedForPatient: thing.approved,
    ...(thing.signed ? { signedBy: `${thing.owner}P`, signedAt: iso(thing.changedAt) } : {}),
    enteredInError: thing.mistaken,
    createdAt: iso(thing.writtenAt),
    changedAt: iso(thing.changedAt),
    changedBy: { ...by, unit: thing.owner },
  } as unknown as OwnedFields;
}

const NO_CONTENT = { report: [] } as never;

function thingRow(world: World, planId: string, thing: Thing, place: number): RowChange {
  const full = { ...ownership(world, thing, planId), ...contentOf(world, thing, place) };
  const { table, columns } = STORAGE[thing.kind] as { table: string; columns: (thing: never, content: never) => Row };
  return { table, write: 'insert', row: ownedRow(full as OwnedFields, columns(full as never, NO_CONTENT)) };
}

function planRows(world: World, plan: PlanOf): RowChange[] {
  const header = { ...ownership(world, plan.header), ...headerContent(plan) };
  return [
    { table: 'plans', write: 'insert', row: ownedRow(header, STORAGE.plan.columns(header as never, NO_CONTENT)) },
    ...plan.things.map((thing, place) => thingRow(world, plan.id, thing, place)),
  ];
}

/** What is recorded so that the law can be judged, by a unit that nobody asks about. */
function recorded(world: World, id: string, unit = OPEN_UNITS[0]!, mistaken = false): OwnedFields {
  const at = world.pivot - 400 * 86_400_000;
  return ownership(world, {
    id,
    owner: unit,
    by: 'staff',
    basis: 'HSL',
    approved: true,
    signed: false,
    mistaken,
    writtenAt: at,
    changedAt: at,
    revision: 1,
  });
}

type FactKind = Parameters<typeof columnsOf>[0];

function factRows(world: World): RowChange[] {
  const row = (kind: FactKind, id: string, content: object, unit?: string): RowChange => {
    const thing = { ...recorded(world, id, unit), ...content };
    return {
      table: 'access_facts',
      write: 'insert',
      row: ownedRow(thing as OwnedFields, columnsOf(kind, thing as never)),
    };
  };
  const emergency = { staffName: 'Någon', reason: 'Medvetslös', consentUnobtainable: true, patientCannotLift: true };
  const opened = { ...emergency, review: 'flagged', blockingProviders: [], blockingUnits: [] };
  return [
    ...world.told.map(({ id, provider, at }) => row('information-given', id, { provider, at: iso(at), form: 'oral' })),
    ...world.inability.map(({ id, kind, noReasonToObject, ...at }) =>
      row('inability', id, {
        kind,
        noReasonToObject,
        clarification: 'Samtal',
        assessedBy: { name: 'Någon' },
        ...period(at),
      }),
    ),
    ...world.relations.map(({ id, unit, kind, ...at }) =>
      row('care-relation', id, { unit, kind, ...period(at) }, unit),
    ),
    ...world.blocks.map((it) =>
      row('block', it.id, {
        reach: it.reach,
        provider: it.provider,
        ...(it.unit ? { unit: it.unit } : {}),
        ...period(it),
        ...(it.written ? { written: writtenIn(it.written) } : {}),
        ...(it.liftedAt === undefined ? {} : { liftedAt: iso(it.liftedAt), liftGround: 'patient-asked' }),
        ...(it.liftedFor
          ? { liftedFor: it.liftedFor.map((one) => ({ unit: one.unit, ground: 'vital', ...period(one) })) }
          : {}),
      }),
    ),
    ...world.emergencies.map(({ id, staff, unit, ...at }) =>
      row('emergency-access', id, { staff, unit, ...opened, ...period(at) }, unit),
    ),
    ...world.guardianBlocks.map(({ id, related, ...at }) =>
      row('guardian-block', id, { ...(related ? { guardianId: related } : {}), reason: 'Fara', ...period(at) }),
    ),
    ...world.sealings.map(({ id, provider, unit, written, ...at }) =>
      row('sealing', id, {
        ...(provider ? { provider } : {}),
        ...(unit ? { unit } : {}),
        ...(written ? { written: writtenIn(written) } : {}),
        ...period(at),
      }),
    ),
    ...world.unitDecisions.map(({ id, unit, opensFor, related, ...at }) =>
      row(
        'unit-decision',
        id,
        { unit, opensFor, ...(related ? { guardianId: related } : {}), assessment: 'Mogen', ...period(at) },
        unit,
      ),
    ),
    ...world.listed.map(({ id, staff, unit, client, related, ...at }) =>
      row('protected-access', id, {
        ...(staff ? { staff } : {}),
        ...(unit ? { unit } : {}),
        ...(client ? { clientId: client } : {}),
        ...(related ? { relatedPersonId: related } : {}),
        ...period(at),
      }),
    ),
  ];
}

function consentRows(world: World): RowChange[] {
  return world.consents.map(({ id, type, state, to, plan, kinds, guardians, mistaken, ...at }) => {
    const content = {
      ...{ type, state, form: 'oral', data: 'Planeringen', purpose: 'Samordning', takenBy: { name: 'Någon' } },
      recipient: { kind: to.kind, hsaId: to.id },
      ...period(at),
      ...(plan ? { planId: plan } : {}),
      ...(kinds ? { kinds } : {}),
      ...(guardians
        ? {
            guardianAnswers: guardians.map(({ related, answer }) => ({
              relatedPersonId: related,
              answer,
              at: iso(world.pivot - 86_400_000),
            })),
          }
        : {}),
    };
    const row = ownedRow({ ...recorded(world, id, undefined, mistaken), ...content } as OwnedFields, {
      ...{
        type,
        state,
        recipient: `${to.kind}:${to.id}`,
        plan_id: plan ?? null,
        from_at: iso(at.from),
        until_at: iso(at.until),
      },
    });
    return { table: 'consents', write: 'insert', row };
  });
}

function copyRow(world: World, copy: CopyHanded): RowChange {
  const plan = world.plans.find(({ id }) => id === copy.plan);
  const items = copy.items.flatMap(({ id, revision }) => {
    const place = plan?.things.findIndex((thing) => thing.id === id) ?? -1;
    const thing = plan?.things[place];
    if (!thing) return [];
    return [
      {
        kind: thing.kind,
        id,
        revision,
        wording: { ...ownership(world, { ...thing, revision }, copy.plan), ...contentOf(world, thing, place) },
      },
    ];
  });
  const receiver = { kind: copy.to.kind, hsaId: copy.to.id };
  const content = {
    planId: copy.plan,
    ground: 'harm-assessment',
    receiver,
    purpose: 'Egen planering',
    whole: copy.whole,
    madeAt: iso(copy.at),
    items,
  };
  const columns = { ground: 'harm-assessment', receiver: `${copy.to.kind}:${copy.to.id}`, made_at: iso(copy.at) };
  return {
    table: 'disclosures',
    write: 'insert',
    row: ownedRow({ ...recorded(world, copy.id, copy.from), ...content } as unknown as OwnedFields, columns),
  };
}

function personRows(world: World, hashOf: (digits: string) => string): RowChange[] {
  const { patient, patientKey } = world;
  const digits = NUMBERS[patient.name];
  const number = patient.ageKnown
    ? { kind: 'personnummer', digits }
    : { kind: 'reservnummer', digits: `${digits.slice(0, 8)}R${digits.slice(9)}` };
  const content = {
    numbers: [{ ...number, from: iso(world.pivot - 500 * 86_400_000) }],
    ...{ givenName: 'Test', familyName: 'Person', language: 'sv', contactNeeds: {} },
    ...(patient.deceasedOn ? { deceasedOn: patient.deceasedOn } : {}),
    ...(patient.grade ? { protectedIdentity: patient.grade, protectedWhile: patient.protectedWhile.map(period) } : {}),
  };
  const columns = { deceased_on: patient.deceasedOn ?? null, protected_identity: patient.grade ?? null };
  const person = { ...recorded(world, patientKey), ...content };
  const related = world.related.map(
    ({ id, who, relation, from, until, decision, isProtected, mistaken }): RowChange => {
      const told = {
        ...{ relation, name: 'Någon Annan', numberHash: hashOf(NUMBERS[who]) },
        ...(from ? { from } : {}),
        ...(until ? { until } : {}),
        ...(decision ? { decisionReference: decision } : {}),
        ...(isProtected ? { protectedIdentity: true } : {}),
      };
      const row = ownedRow({ ...recorded(world, id, undefined, mistaken), ...told } as OwnedFields, {
        relation,
        number_hash: hashOf(NUMBERS[who]),
      });
      return { table: 'related_persons', write: 'insert', row };
    },
  );
  return [{ table: 'patients', write: 'insert', row: ownedRow(person as OwnedFields, columns) }, ...related];
}

/** Every row of a world, but for which key a number leads to. */
export function rowsOf(world: World, hashOf: (digits: string) => string): RowChange[] {
  return [
    {
      table: 'patient_keys',
      write: 'insert',
      row: { patient_id: world.patientKey, canonical_id: world.patientKey, joined_at: null },
    },
    ...personRows(world, hashOf),
    ...world.plans.flatMap((plan) => planRows(world, plan)),
    ...factRows(world),
    ...consentRows(world),
    ...world.copies.map((copy) => copyRow(world, copy)),
  ];
}

export { providerPlace };
