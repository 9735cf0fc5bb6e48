import type { Plan } from '../../plans/domain/model.ts';
import { unitOf } from '../../plans/domain/party.ts';
import { patientkontrakt } from '../../plans/domain/receipt.ts';
import { publicId } from '../../shared/ids.ts';
import { agreementExtensions, receiptExtensions } from './agreement.ts';
import { isAppointment } from './appointment.ts';
import { planNarrative } from './narrative.ts';
import { nextStepExtension } from './next-step.ts';
import { externalIdentifier, legalBasisExtension, metaOf, some, words } from './owned.ts';
import { followUpExtensions, linkExtensions, safetyNetExtensions } from './plan-extensions.ts';
import { NATIONAL_PLAN_TYPES } from './plan-words.ts';
import { patientRef, refTo, unitRef } from './references.ts';
import { CARE_PLAN_STATUS } from './states.ts';
import { PROFILES, SYSTEMS } from './systems.ts';
import type { FhirView } from './view.ts';

/** The national type when there is one; our own types as further codings in the same concept. */
function categoryOf(view: FhirView): fhir4.CodeableConcept[] {
  const { header, content } = view.plan;
  const own = view.urls.system('plan-type');
  const national = NATIONAL_PLAN_TYPES[header.kind];
  const coding: fhir4.Coding[] = [];
  if (national !== undefined) coding.push({ system: SYSTEMS.planType, code: header.kind });
  else coding.push({ system: own, code: 'overenskommelse', display: 'Överenskommelse' });
  if (patientkontrakt({ plan: header, content }).patientkontrakt) {
    coding.push({ system: own, code: 'patientkontrakt', display: 'Patientkontrakt' });
  }
  return [{ coding, text: national ?? 'Överenskommelse' }];
}

function contributors(view: FhirView): fhir4.Reference[] {
  const taking = view.plan.content.participant.filter(({ state }) => state === 'accepted' || state === 'invited');
  const units = taking.flatMap(({ party }) => unitOf(party) ?? []);
  return [...new Set(units)].map((unit) => unitRef(view, unit));
}

function activities(view: FhirView): fhir4.CarePlanActivity[] {
  const { content } = view.plan;
  const steps = content.step.toSorted((a, b) => a.order - b.order);
  const promises = content.commitment.toSorted((a, b) => a.order - b.order);
  const references = [
    ...[...steps, ...promises].map((one) => refTo(view, 'Task', one.id)),
    ...steps.filter(isAppointment).map((one) => refTo(view, 'Appointment', one.id)),
  ];
  return references.flatMap((reference) => (reference ? [{ reference }] : []));
}

function teams(view: FhirView): fhir4.Reference[] {
  const contacts = view.plan.content['named-contact'];
  return [view.plan.header, ...contacts].flatMap((one) => refTo(view, 'CareTeam', one.id) ?? []);
}

function notes({ onHold, declined, closed }: Plan): fhir4.Annotation[] {
  const texts = [words(onHold?.reason), words(declined?.reason), words(closed?.reason)];
  return texts.flatMap((text) => (text === undefined ? [] : [{ text }]));
}

function period({ periodFrom, periodTo }: Plan): fhir4.Period | undefined {
  if (periodFrom === undefined && periodTo === undefined) return undefined;
  return { start: periodFrom, end: periodTo };
}

/** States that FHIR has no word for. */
function stateExtension(view: FhirView, { status }: Plan): fhir4.Extension[] {
  if (status !== 'proposed' && status !== 'declined') return [];
  return [{ url: view.urls.extension('plan-state'), valueCode: status }];
}

/**
 * The plan itself: what it is, who answers for it, and references to everything in it. An outline (what everyone with a
 * relation to the plan is told) has kind, status and lead, and claims no national profile, since it has no title.
 */
export function carePlanFrom(view: FhirView): fhir4.CarePlan {
  const { header, headerShown, content } = view.plan;
  const id = publicId(header.patientId, header.id);
  const claims = headerShown === 'whole' && NATIONAL_PLAN_TYPES[header.kind] !== undefined && words(header.title);
  const goals = [...content['what-matters'], ...content.goal].flatMap((one) => refTo(view, 'Goal', one.id) ?? []);
  const partOf = refTo(view, 'CarePlan', header.partOf);
  const replaces = refTo(view, 'CarePlan', header.replaces);
  return {
    resourceType: 'CarePlan',
    id,
    meta: metaOf(header, claims ? PROFILES.ineraCarePlan : undefined),
    language: 'sv-SE',
    text: planNarrative(view),
    extension: [
      legalBasisExtension(view, header),
      ...stateExtension(view, header),
      ...nextStepExtension(view),
      ...agreementExtensions(view),
      ...receiptExtensions(view),
      ...safetyNetExtensions(view),
      ...followUpExtensions(view),
      ...linkExtensions(view),
    ],
    identifier: [{ system: view.urls.plan, value: id }, ...(externalIdentifier(view, header.externalId) ?? [])],
    partOf: partOf && [partOf],
    replaces: replaces && [replaces],
    status: CARE_PLAN_STATUS[header.status],
    intent: 'plan',
    category: categoryOf(view),
    title: words(header.title),
    description: words(header.purpose),
    subject: patientRef(view.patientId),
    period: period(header),
    created: header.createdAt,
    author: unitRef(view, header.leadUnit),
    contributor: some(contributors(view)),
    careTeam: teams(view),
    goal: some(goals),
    activity: some(activities(view)),
    note: some(notes(header)),
  };
}
