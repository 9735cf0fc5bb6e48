import type { Report, SelfCareAssessment, Step } from '../../plans/domain/model.ts';
import { howOf, performerOf } from '../../plans/domain/step-view.ts';
import { publicId } from '../../shared/ids.ts';
import { onceForLatest } from '../../shared/once.ts';
import { isAppointment } from './appointment.ts';
import { assessmentsOfStep, reportsOfStep } from './of-step.ts';
import { elementId, externalIdentifier, legalBasisExtension, metaOf, parts, some, textPart, words } from './owned.ts';
import { partyRef, patientRef, refTo, unitRef } from './references.ts';
import { NEEDS_REASON, STEP_STATE_WORDS, TASK_STATUS } from './states.ts';
import { stepTimeExtension } from './step-time.ts';
import { authorOf, notesOf, outputsOf, reasonFrom } from './task-report.ts';
import { dueOf, executionPeriod, seriesExtension } from './task-time.ts';
import type { FhirView } from './view.ts';

/** What every task of a plan has alike: in what plan it is, and whose. */
export const ofPlan = onceForLatest((view: FhirView) => {
  const { header } = view.plan;
  const planId = publicId(header.patientId, header.id);
  return {
    basedOn: [{ reference: `CarePlan/${planId}` }],
    groupIdentifier: { system: view.urls.plan, value: planId },
    patient: patientRef(view.patientId),
  };
});

/** Never earlier than it was written: a source's clock may have gone back. Stored instants sort as time does. */
export function lastModified(createdAt: string, changedAt: string): string {
  return changedAt < createdAt ? createdAt : changedAt;
}

function assessmentExtension(view: FhirView, one: SelfCareAssessment): fhir4.Extension {
  const { profession, name } = one.assessor;
  return {
    ...elementId(one),
    url: view.urls.extension('self-care-assessment'),
    extension: parts([
      textPart('assessor', `${name}, ${profession}`),
      { url: 'unit', valueReference: unitRef(view, one.unit) },
      { url: 'assessedOn', valueDate: one.assessedOn },
      { url: 'reviewOn', valueDate: one.reviewOn },
      textPart('helpNeeded', one.helpNeeded),
      textPart('ifItFails', one.ifItFails),
    ]),
  };
}

function wayExtension(view: FhirView, step: Step): fhir4.Extension[] {
  const how = howOf(step, { language: 'sv' });
  if (!how) return [];
  const text = [how.words, words(how.place), words(how.careLevel)].filter((part) => part !== undefined).join(', ');
  const coding = [{ system: view.urls.system('way'), code: how.kind }];
  return [{ url: view.urls.extension('way'), valueCodeableConcept: { coding, text } }];
}

/** How the yes or no was given; a client that records another's own answer says it the same way. */
function answerMethodExtension({ urls }: FhirView, { answeredBy }: Step): fhir4.Extension[] {
  const valueCode = answeredBy?.method;
  return valueCode === undefined ? [] : [{ url: urls.extension('answer-method'), valueCode }];
}

function stepExtensions(view: FhirView, step: Step): fhir4.Extension[] {
  const { urls } = view;
  const before = step.predecessors.flatMap((key) => refTo(view, 'Task', key) ?? []);
  const condition = words(step.condition);
  return [
    legalBasisExtension(view, step),
    { url: urls.extension('responsible-now'), valueReference: unitRef(view, step.responsibleNow) },
    ...before.map((valueReference) => ({ url: urls.extension('predecessor'), valueReference })),
    ...wayExtension(view, step),
    ...seriesExtension(view, step),
    ...stepTimeExtension(urls, step),
    ...answerMethodExtension(view, step),
    ...(condition === undefined ? [] : [{ url: urls.extension('condition'), valueString: condition }]),
    ...(step.proposal
      ? [{ url: urls.extension('proposed-change'), valueInteger: step.proposal.agreementVersion }]
      : []),
    ...assessmentsOfStep(view, step).map((one) => assessmentExtension(view, one)),
  ];
}

function ownerOf(view: FhirView, step: Step): fhir4.Reference {
  const owner = partyRef(view, step.responsibleParty);
  // A party that is known by its name alone is told by that and no other: the name is all there is to read it back by.
  if (owner.reference === undefined && owner.identifier === undefined) return owner;
  const performer = performerOf(step, view.context);
  return performer === undefined ? owner : { ...owner, display: `${performer}, ${owner.display}` };
}

function statusReason(step: Step, status: string, reports: readonly Report[]) {
  const reason = words(step.reason) ?? reasonFrom(reports) ?? words(step.changedBy.why);
  if (!NEEDS_REASON.has(status)) return undefined;
  return { text: reason ?? 'Skäl är inte angivet' };
}

/** One step. Clinical text is there only when the policy has left it in: it never reaches the patient. */
export function taskFrom(view: FhirView, step: Step): fhir4.Task {
  const reports = reportsOfStep(view, step);
  const own = reports.filter((report) => report.occurrence === undefined);
  const clinical = words(step.clinicalText);
  const status = TASK_STATUS[step.state];
  const due = dueOf(step);
  const { basedOn, groupIdentifier, patient } = ofPlan(view);
  return {
    resourceType: 'Task',
    id: publicId(step.patientId, step.id),
    meta: metaOf(step),
    extension: stepExtensions(view, step),
    identifier: externalIdentifier(view, step.externalId),
    basedOn,
    groupIdentifier,
    for: patient,
    status,
    statusReason: statusReason(step, status, reports),
    businessStatus: {
      coding: [{ system: view.urls.system('step-state'), code: step.state }],
      text: STEP_STATE_WORDS[step.state],
    },
    intent: step.state === 'wished' ? 'proposal' : 'plan',
    code: { coding: [{ system: view.urls.system('task-kind'), code: 'step', display: 'Steg' }], text: step.title },
    description: words(step.patientText) ?? step.title,
    focus: isAppointment(step) ? refTo(view, 'Appointment', step.id) : undefined,
    executionPeriod: executionPeriod(step),
    authoredOn: step.createdAt,
    lastModified: lastModified(step.createdAt, step.changedAt),
    requester: authorOf(view, step.recordedBy),
    owner: ownerOf(view, step),
    note: some([...(clinical === undefined ? [] : [{ text: clinical }]), ...own.flatMap((one) => notesOf(view, one))]),
    restriction: due === undefined ? undefined : { period: { end: due } },
    output: some(own.flatMap((report) => outputsOf(view, report))),
  };
}
