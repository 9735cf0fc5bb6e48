import { type Answered, type Asking, actFor, type Desk, momentOf, type Sent, writing } from '../access/index.ts';
import type { AuditedResource } from '../audit/index.ts';
import { factsOf } from '../plans/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId, ThingId, ThingRef } from '../shared/ids.ts';
import type { Act } from '../shared/owned.ts';
import { forbidden, notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import type { HandedOver, Sheet } from './domain/model.ts';
import { factsOfPage, handOver, type Passed, printSheet as printed, readAloud } from './domain/sheets.ts';
import { nothingToPrint } from './problems.ts';
import { loadSheets, type SheetRecord, sheetEvent, sheetResource, sheetRow } from './store/sheets.ts';
import { factsTold, fingerprintOf, tellPage } from './told-page.ts';

type AtWork = Asking & { readonly actor: StaffActor };
type SheetAction = 'sheet.print' | 'sheet.record';

interface SheetAct {
  readonly action: SheetAction;
  readonly patientId: PatientId;
  readonly status: 200 | 201;
  readonly sent: Sent;
  readonly rule: (act: Act, record: SheetRecord, patientId: PatientId) => Sheet | Printed;
}

/** A sheet with what of the plans left on it. */
interface Printed {
  readonly sheet: Sheet;
  readonly left: readonly AuditedResource[];
}

/**
 * Prints the patient's overview, as far as the printing unit may see it, as the person's next numbered sheet. What left
 * with it stands in the log as a print (PDL 4:3; Utskrift in the log contract).
 *
 * @throws notFound; nothing-to-print (422) when no plan of the person is lived by, or none that the unit may see
 */
export function printSheet(desk: Desk, asking: AtWork, patientId: PatientId, sent: Sent): Promise<Answered<Sheet>> {
  return changeSheet(desk, asking, {
    ...{ action: 'sheet.print', patientId, status: 201, sent },
    rule: (act, record, key) => {
      const now = Date.parse(act.now);
      const { page, overview, resources } = tellPage(record, asking.actor, now);
      if (overview.plans.length === 0) throw nothingToPrint();
      const agreements = overview.agreements.flatMap(({ planId, agreed }) =>
        agreed ? [{ planId, version: agreed.version }] : [],
      );
      const facts = factsOfPage(page, fingerprintOf(key));
      const told = factsTold(record, now, key);
      return { sheet: printed(act, key, record.sheets, { facts, told, agreements }), left: resources };
    },
  });
}

/** Records that a sheet was handed over, and to whom a copy went. @throws notFound; what the rule refuses */
export function recordHandOver(
  desk: Desk,
  asking: AtWork,
  ref: ThingRef,
  given: Passed & Pick<HandedOver, 'way' | 'copyTo'>,
  sent: Sent,
): Promise<Answered<Sheet>> {
  return changeSheet(desk, asking, {
    ...{ action: 'sheet.record', patientId: ref.patientId, status: 201, sent },
    rule: (act, record) => handOver(act, demandSheet(record, ref), given, relativesOf(record)),
  });
}

/** Records that a sheet was read aloud by telephone. @throws notFound; what the rule refuses */
export function recordReadAloud(
  desk: Desk,
  asking: AtWork,
  ref: ThingRef,
  given: Passed,
  sent: Sent,
): Promise<Answered<Sheet>> {
  return changeSheet(desk, asking, {
    ...{ action: 'sheet.record', patientId: ref.patientId, status: 201, sent },
    rule: (act, record) => readAloud(act, demandSheet(record, ref), given, relativesOf(record)),
  });
}

function changeSheet(desk: Desk, asking: AtWork, spec: SheetAct): Promise<Answered<Sheet>> {
  const { action, patientId, status, sent } = spec;
  return writing<SheetRecord, SheetAction, Sheet>(desk, asking, {
    ...{ action, patientId, idempotency: sent.idempotency },
    load: (client, made) =>
      loadSheets({ pool: desk.pool, client }, asking.actor, {
        patientId: made?.patientId ?? patientId,
        ...momentOf(desk),
      }),
    facts: (record) => factsOf(record, asking.actor),
    work: (_grant, record) => {
      const unit = record.units.get(asking.actor.unitHsaId);
      if (!record.goesBy) throw notFound();
      if (!unit) throw forbidden();
      const act = actFor(asking, unit, toRfc3339Utc(record.now), desk.ids);
      const done = spec.rule(act, record, record.goesBy);
      const { sheet, left } = 'sheet' in done ? done : { sheet: done, left: [] };
      return {
        rows: [sheetRow(sheet)],
        events: [sheetEvent(sheet)],
        resources: [sheetResource(sheet), ...left],
        particulars: { number: sheet.number },
        result: { status, patientId: sheet.patientId, resourceKind: 'sheet', resourceId: sheet.id },
        answer: sheet,
      };
    },
    replay: (_grant, record, { resourceId }) => {
      const sheet = record.sheets.find(({ id }) => id === resourceId);
      if (!sheet) throw notFound();
      return sheet;
    },
    shownBy: (sheet) => [sheetResource(sheet)],
  });
}

/** @throws notFound */
export function demandSheet(record: SheetRecord, ref: ThingRef): Sheet {
  const sheet = record.sheets.find(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
  if (!sheet) throw notFound();
  return sheet;
}

function relativesOf({ relatedPersons }: SheetRecord): ReadonlySet<ThingId> {
  return new Set(relatedPersons.map(({ id }) => id));
}
