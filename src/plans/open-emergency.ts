import {
  type Action,
  type Answered,
  type Asking,
  actFor,
  type Desk,
  type EmergencyOutcome,
  emergency,
  momentOf,
  type Sent,
  writing,
} from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import type { Act, HsaId } from '../shared/owned.ts';
import { forbidden, notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import {
  askForLift,
  type BlockLiftRequest,
  type EmergencyAccess,
  type EmergencySettings,
  type NewEmergency,
  openEmergency as open,
  type SharingChange,
  sharingEvents,
  sharingResource,
  sharingRow,
} from '../sharing/index.ts';
import { type EmergencyRecord, loadForEmergency } from './store/emergency-record.ts';
import { factsOf } from './view/facts.ts';
import { plansInQuestion } from './view/person-contributions.ts';

/** An emergency access with the requests to lift that it has led to. */
export interface OpenedEmergency {
  readonly access: EmergencyAccess;
  readonly requests: readonly BlockLiftRequest[];
}

type Asked = Asking & { readonly actor: StaffActor };

/**
 * Opens what others have made available and not blocked, in danger to life (lag 2022:913 3:6): for one member of staff,
 * for a time, flagged for review. Blocked data stay closed; when the patient cannot have the block lifted, the answer
 * says which care provider has blocked, and each gets a request that it alone can grant (3:5).
 *
 * @throws notFound; emergencyReasonMissing, emergencyNotLawful, emergencyTooLong
 */
export function openEmergency(
  desk: Desk,
  asking: Asked,
  patientId: PatientId,
  given: NewEmergency,
  settings: EmergencySettings,
  sent: Sent = {},
): Promise<Answered<OpenedEmergency>> {
  return changeEmergency(desk, asking, { patientId, action: 'emergency.open', status: 201, ...sent }, (record, act) => {
    const opened = open(act, record.goesBy!, given, settings);
    const { blockingProviders, blockingUnits } = outcomeOf(record, asking.actor, opened);
    const access = { ...opened, blockingProviders, blockingUnits };
    return { access, isNew: true, requests: asksOf(act, access, []) };
  });
}

/**
 * Asks once more for blocks to be lifted: those that have come since, or whose request was refused. Only who has opened,
 * while it holds.
 *
 * @throws notFound
 */
export function requestLifts(
  desk: Desk,
  asking: Asked,
  ref: ThingRef,
  sent: Sent = {},
): Promise<Answered<OpenedEmergency>> {
  const { patientId } = ref;
  return changeEmergency(
    desk,
    asking,
    { patientId, action: 'block.request-lift', status: 200, ...sent },
    (record, act) => {
      const before = record.things['emergency-access'].find((one) => one.id === ref.id && one.patientId === patientId);
      if (before?.staff !== asking.actor.employeeHsaId) throw notFound();
      const { blockingProviders, blockingUnits } = outcomeOf(record, asking.actor, before);
      const access = { ...before, blockingProviders, blockingUnits };
      return { access, isNew: false, requests: asksOf(act, access, record.things['block-lift-request']) };
    },
  );
}

interface Opening {
  readonly access: EmergencyAccess;
  readonly isNew: boolean;
  readonly requests: readonly BlockLiftRequest[];
}

function changeEmergency(
  desk: Desk,
  asking: Asked,
  spec: Sent & { readonly patientId: PatientId; readonly action: Action; readonly status: number },
  rule: (record: EmergencyRecord, act: Act) => Opening,
): Promise<Answered<OpenedEmergency>> {
  const { actor } = asking;
  const { patientId, action, status, idempotency } = spec;
  return writing<EmergencyRecord, Action, OpenedEmergency>(desk, asking, {
    action,
    patientId,
    idempotency,
    load: (client) => loadForEmergency({ pool: desk.pool, client }, actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, actor),
    work: (_grant, record) => {
      const unit = record.units.get(actor.unitHsaId);
      if (!record.goesBy) throw notFound();
      if (!unit) throw forbidden();
      const { access, isNew, requests } = rule(record, actFor(asking, unit, toRfc3339Utc(record.now), desk.ids));
      const changes: SharingChange[] = [
        ...(isNew ? [{ kind: 'emergency-access', after: access } as const] : []),
        ...requests.map((after) => ({ kind: 'block-lift-request', after }) as const),
      ];
      return {
        rows: changes.map(sharingRow),
        events: changes.flatMap(sharingEvents),
        resources: [
          sharingResource('emergency-access', access),
          ...requests.map((one) => sharingResource('block-lift-request', one)),
        ],
        particulars: { requests: requests.length },
        result: { status, patientId: access.patientId, resourceKind: 'emergency-access', resourceId: access.id },
        answer: { access, requests: [...requestsOf(record, access), ...requests] },
      };
    },
    replay: (_grant, record, made) => {
      const access = record.things['emergency-access'].find(({ id }) => id === made.resourceId);
      if (!access) throw notFound();
      return { access, requests: requestsOf(record, access) };
    },
    shownBy: ({ access }) => [sharingResource('emergency-access', access)],
  });
}

function requestsOf({ things }: EmergencyRecord, { id }: EmergencyAccess): readonly BlockLiftRequest[] {
  return things['block-lift-request'].filter(({ emergencyId }) => emergencyId === id);
}

/** What this emergency access meets in the person's plans: whose blocks, together. */
function outcomeOf(record: EmergencyRecord, actor: StaffActor, access: EmergencyAccess): EmergencyOutcome {
  const emergencies = [...(record.law.emergencies ?? []), access];
  const outcomes = plansInQuestion(record, actor).map(({ facts, contributions }) =>
    emergency(actor, { ...facts, emergencies }, contributions),
  );
  const distinct = (ids: readonly HsaId[]) => [...new Set(ids)].sort();
  return {
    opens: outcomes.some(({ opens }) => opens),
    blockingProviders: distinct(outcomes.flatMap((one) => one.blockingProviders)),
    blockingUnits: distinct(outcomes.flatMap((one) => one.blockingUnits)),
  };
}

/** A request to each that has blocked and has none that waits for an answer. */
function asksOf(act: Act, access: EmergencyAccess, earlier: readonly BlockLiftRequest[]): readonly BlockLiftRequest[] {
  const own = act.owner.provider;
  const asked = [
    ...access.blockingProviders.map((provider) => ({ provider })),
    ...access.blockingUnits.map((unit) => ({ provider: own, unit })),
  ];
  const waits = (one: { readonly provider: HsaId; readonly unit?: HsaId }) =>
    earlier.some(
      ({ emergencyId, state, askedProvider, askedUnit }) =>
        emergencyId === access.id && state === 'asked' && askedProvider === one.provider && askedUnit === one.unit,
    );
  return asked.filter((one) => !waits(one)).map((one) => askForLift(act, access, one));
}
