import {
  type Answered,
  type Asking,
  actFor,
  type Desk,
  demandLegalBasis,
  momentOf,
  type Sent,
  writing,
} from '../access/index.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { wrong } from '../shared/problem.ts';
import { forbidden, notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { recordConsent as record } from './domain/consent.ts';
import type { ConsentSettings } from './domain/demands.ts';
import { type AnswerOfGuardian, guardianAnswers } from './domain/guardians.ts';
import type { Consent, NewConsent } from './domain/model.ts';
import { consentPlanUnknown } from './problems.ts';
import { madeConsent } from './read-consents.ts';
import { CONSENT, consentEvents, consentResource, consentRow } from './store/changes.ts';
import { type ConsentRecord, loadConsents, recipientFacts } from './store/record.ts';

/** What staff send: the plan by its whole id, and who took the consent when it was somebody else. */
export type ConsentGiven = Omit<NewConsent, 'planId' | 'takenBy' | 'guardianAnswers'> &
  Partial<Pick<NewConsent, 'takenBy'>> & {
    readonly plan?: ThingRef;
    readonly guardianAnswers?: readonly AnswerOfGuardian[];
  };

/**
 * Records what a patient answered to a request for consent, owned by the acting unit.
 *
 * @throws notFound; consentPlanUnknown, consentGuardianUnknown, legalBasisNotYours; what `recordConsent` of the domain refuses
 */
export function recordConsent(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  { plan, guardianAnswers: answers, ...given }: ConsentGiven,
  settings: ConsentSettings,
  sent: Sent = {},
): Promise<Answered<Consent>> {
  const now = toRfc3339Utc(desk.clock.now());
  const hsaId = given.recipient.kind === 'person' ? undefined : given.recipient.hsaId;
  return writing(desk, asking, {
    action: 'consent.record',
    patientId,
    idempotency: sent.idempotency,
    load: (client) => loadConsents(client, asking.actor, { patientId, planId: plan?.id, ...momentOf(desk) }, hsaId),
    facts: (loaded) => loaded.facts,
    work: (_grant, loaded) => {
      if (!loaded.goesBy) throw notFound();
      const { actorUnit } = loaded.facts;
      if (asking.actor.kind !== 'staff' || !actorUnit) throw forbidden();
      demandLegalBasis(actorUnit, given.legalBasis);
      demandPlan(loaded, plan);
      const act = actFor(asking, actorUnit, now, desk.ids);
      const { employeeHsaId, name } = asking.actor;
      const byGuardians = guardianAnswers(now, answers, loaded.guardians);
      const whole = {
        takenBy: { staff: employeeHsaId, name },
        ...given,
        ...(plan ? { planId: plan.id } : {}),
        ...(byGuardians ? { guardianAnswers: byGuardians } : {}),
      };
      // Under the plan's own key: should joined persons be parted, the consent goes with the plan it was given for.
      const key = plan?.patientId ?? loaded.goesBy;
      const consent = record(act, key, whole, recipientFacts(loaded, given.recipient), settings);
      return {
        rows: [consentRow(consent, 'insert')],
        events: consentEvents(consent),
        resources: [consentResource(consent)],
        particulars: { state: consent.state, type: consent.type },
        result: { status: 201, patientId: key, planId: consent.planId, resourceKind: CONSENT, resourceId: consent.id },
        answer: consent,
      };
    },
    replay: (_grant, loaded, made) => madeConsent(loaded, made),
  });
}

function demandPlan(record: ConsentRecord, plan: ThingRef | undefined): void {
  if (!plan || (record.planKnown && record.keys.includes(plan.patientId))) return;
  const field = wrong('planId', 'Är inte en plan för patienten.', "Is not one of the patient's plans.");
  throw consentPlanUnknown({ invalidParameters: [field] });
}
