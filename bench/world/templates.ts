import { ownedRow } from '../../src/db/owned-row.ts';
import type { Row, RowChange } from '../../src/db/save-rows.ts';
import { daysFrom } from '../../src/demo/days.ts';
import { registerPatient } from '../../src/patients/domain/patient.ts';
import { coalesced, rowsOf } from '../../src/plans/store/changes.ts';
import type { PatientId } from '../../src/shared/ids.ts';
import { toRfc3339Utc } from '../../src/shared/rfc3339.ts';
import type { District } from './district.ts';
import { actOf, livedPlan } from './lived-plan.ts';
import { sharingRows } from './sharing.ts';

/** A plan's rows as they end up, and the wordings that each had before, by table. */
export interface Template {
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly wordings: ReadonlyMap<string, readonly Row[]>;
}

/** Stands for every patient of a template: the rows are written for real persons by SQL. */
const SOMEBODY = '00000000-0000-4000-8000-000000000000' as PatientId;

/** The rows that the service itself would have written, by its own rules and its own writer of rows. */
export function planTemplate(district: District, now: number, variant: number): Template {
  const life = livedPlan(SOMEBODY, district, daysFrom(now), toRfc3339Utc(now), variant);
  return templateOf(life.flatMap(({ changes, content }) => rowsOf(coalesced(changes), content)));
}

/** What a person's units need to have recorded before they may read one another: of everyone, with a plan or without. */
export function sharingTemplate(district: District, now: number): Template {
  return templateOf(sharingRows(SOMEBODY, district, daysFrom(now), toRfc3339Utc(now)));
}

/** A person's own row, as registering makes it; the number is replaced for each. */
export function patientTemplate(district: District, now: number): Template {
  const number = { kind: 'personnummer', digits: numberOf(0) } as const;
  const act = actOf(district.units.centre, toRfc3339Utc(now));
  const contactNeeds = { hearing: true, notes: 'Låt det ringa länge.' };
  const patient = registerPatient(act, SOMEBODY, {
    number,
    givenName: 'Prov',
    familyName: 'Patientsson',
    preferredContactWay: 'phone',
    contactNeeds,
  });
  const row = ownedRow(patient, { deceased_on: null, protected_identity: null });
  return templateOf([{ table: 'patients', write: 'insert', row }]);
}

/** The day on which the first of them is born: what they may see follows from their age, and nobody lives who is as old. */
const BORN = Date.UTC(1850, 0, 1);
const DAY_MS = 86_400_000;

/** Twelve digits that no living person has: a birth date of the 1850s, and any birth number. */
export function numberOf(n: number): string {
  const day = new Date(BORN + Math.floor(n / 10_000) * DAY_MS).toISOString().slice(0, 10);
  return `${day.replaceAll('-', '')}${String(n % 10_000).padStart(4, '0')}`;
}

function templateOf(changes: readonly RowChange[]): Template {
  const latest = new Map<string, Map<unknown, Row>>();
  const wordings = new Map<string, Row[]>();
  for (const { table, write, row } of changes) {
    const rows = latest.get(table) ?? new Map<unknown, Row>();
    const earlier = rows.get(row.id);
    latest.set(table, rows.set(row.id, { ...earlier, ...row }));
    // Another place in a list is no new wording.
    if (write === 'update') wordings.set(table, [...(wordings.get(table) ?? []), earlier!]);
  }
  return { rows: new Map([...latest].map(([table, rows]) => [table, [...rows.values()]])), wordings };
}
