import { auditRow } from '../../src/audit/index.ts';
import { daysFrom } from '../../src/demo/days.ts';
import { outboxRows } from '../../src/events/index.ts';
import { applyChanges, NO_CONTENT } from '../../src/plans/domain/plan-in-hand.ts';
import { coalesced, eventsOf, resourcesOf, rowsOf } from '../../src/plans/store/changes.ts';
import type { StaffActor } from '../../src/shared/actor.ts';
import type { PatientId, ThingId } from '../../src/shared/ids.ts';
import { toRfc3339Utc } from '../../src/shared/rfc3339.ts';
import { type District, staffIdOf } from '../world/district.ts';
import { newPlan } from '../world/lived-plan.ts';
import { planTemplate } from '../world/templates.ts';
import type { LimitSetup } from './server.ts';

const PATIENT = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' as PatientId;
const KEY_PREFIX = 'aaaaaaaa-aaaa-7aaa-8aaa-';

function actorOf({ units: { ward } }: District): StaffActor {
  return {
    kind: 'staff',
    issuer: 'https://staff.bench.invalid',
    employeeHsaId: staffIdOf(ward, 0),
    name: 'Prov Personal-0',
    unitHsaId: ward.hsaId,
    providerHsaId: ward.provider.hsaId,
  };
}

type Resource = { readonly kind: string; readonly id: ThingId; readonly owner: string };

/** A log entry as the service writes one about these things. */
function entry(actor: StaffActor, action: string, route: string, resources: readonly Resource[]) {
  const requestId = '00000000-0000-4000-8000-000000000000';
  const about = { actor, patientId: PATIENT, activity: 'Läsa', action, outcome: 'Beviljad', requestId, route } as const;
  return auditRow({ ...about, resources }, KEY_PREFIX.padEnd(36, '0'), new Date());
}

/** The rows that the limit server writes: made by the service's own rules, once, at its start. */
export function limitRows(district: District, workListPatients: number): Pick<LimitSetup, 'log' | 'newPlan'> {
  const now = Date.now();
  const actor = actorOf(district);
  const plan: Resource[] = [...planTemplate(district, now, 0).rows].flatMap(([kind, rows]) =>
    rows.map((row) => ({ kind, id: row.id as ThingId, owner: String(row.recorded_provider) })),
  );
  const one = plan.slice(0, 1);
  const left = Array.from({ length: workListPatients }, () =>
    entry(actor, 'work-list.read', 'GET /v1/unit-steps', one),
  );
  return {
    log: {
      read: [entry(actor, 'plan.read', 'GET /v1/plans/:planId', plan)],
      step: [entry(actor, 'step.change', 'PATCH /v1/plans/:planId/steps/:stepId', one)],
      workList: [entry(actor, 'work-list.read', 'GET /v1/unit-steps', []), ...left],
    },
    newPlan: newPlanRows(district, actor, now),
  };
}

function newPlanRows(district: District, actor: StaffActor, now: number): LimitSetup['newPlan'] {
  let made = 0;
  const newId = () => `${KEY_PREFIX}${String(made++).padStart(12, '0')}` as ThingId;
  const { changes } = newPlan(PATIENT, district, daysFrom(now), toRfc3339Utc(now), 0, newId);
  const all = coalesced(changes);
  const log = { ...entry(actor, 'plan.create', 'POST /v1/plans', resourcesOf(all)), id: newId() };
  const events = outboxRows(eventsOf(all), { thingId: newId });
  return {
    changes: [
      ...rowsOf(all, applyChanges(NO_CONTENT, all)),
      { table: 'audit_entries', write: 'insert', row: log },
      ...events,
    ],
    keyPrefix: KEY_PREFIX,
    patient: PATIENT,
  };
}
