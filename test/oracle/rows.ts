import { ownedRow } from '../../src/db/owned-row.ts';
import type { Row, RowChange } from '../../src/db/save-rows.ts';
import { STORAGE } from '../../src/plans/store/tables.ts';
import { contentOf, headerContent } from './contents.ts';
import { factRows } from './fact-rows.ts';
import { iso, type OwnedFields, ownership, period, recorded } from './owned.ts';
import { NUMBERS } from './people.ts';
import type { CopyHanded, PlanOf, Thing, World } from './world.ts';

/** The rows of a world, in the tables' own shapes: what writing through the doors would have left. */

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
