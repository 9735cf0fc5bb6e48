import { ownedRow } from '../../src/db/owned-row.ts';
import type { RowChange } from '../../src/db/save-rows.ts';
import { columnsOf } from '../../src/sharing/store/tables.ts';
import { iso, type OwnedFields, period, recorded, writtenIn } from './owned.ts';
import type { World } from './world.ts';

type FactKind = Parameters<typeof columnsOf>[0];

/** What the law is judged by, as the units have recorded it. */
export function factRows(world: World): RowChange[] {
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
    ...world.exports.map(({ id, staff, unit, approvedBy, ...at }) =>
      row(
        'export-request',
        id,
        {
          ...{ staff, staffName: 'Någon', reason: 'supervision', purpose: 'Tillsyn', ...period(at) },
          state: approvedBy ? 'approved' : 'asked',
          ...(approvedBy ? { answered: { at: iso(at.from), by: { kind: 'staff', staff: approvedBy } } } : {}),
        },
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
