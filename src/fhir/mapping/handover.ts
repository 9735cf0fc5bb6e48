import type { Feedback, Handover, HandoverState } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { legalBasisExtension, metaOf, some, words } from './owned.ts';
import { patientRef, refTo, unitRef } from './references.ts';
import { NEEDS_REASON } from './states.ts';
import { lastModified, ofPlan } from './task.ts';
import type { FhirView } from './view.ts';

const HANDOVER_STATUS: Readonly<Record<HandoverState, fhir4.Task['status']>> = {
  offered: 'requested',
  received: 'received',
  accepted: 'accepted',
  returned: 'rejected',
  cancelled: 'cancelled',
};

const OF_WORDS: Readonly<Record<Handover['of'], string>> = {
  step: 'Överlämning av steg',
  'planning-lead': 'Överlämning av planeringsansvar',
  'named-contact': 'Överlämning av fast kontakt',
  'follow-up': 'Överlämning av uppföljning',
};

const TYPE_OF = { step: 'Task', 'planning-lead': 'CarePlan', 'named-contact': 'CareTeam' } as const;

function notes(handover: Handover): fhir4.Annotation[] {
  const told = [
    ['Det som behövs', words(handover.needs)],
    ['Det som lämnades', words(handover.given)],
    ['Det som saknades', words(handover.missing)],
  ] as const;
  return told.flatMap(([what, text]) => (text === undefined ? [] : [{ text: `${what}: ${text}` }]));
}

/** A duty on its way to another unit: received is not accepted, and until then the one who gives it has the duty. */
export function handoverTask(view: FhirView, handover: Handover): fhir4.Task {
  const { state, of, fromUnit, toUnit } = handover;
  const status = HANDOVER_STATUS[state];
  // A follow-up is part of its plan's CarePlan.
  const focus =
    of === 'follow-up' ? refTo(view, 'CarePlan', handover.planId) : refTo(view, TYPE_OF[of], handover.aboutId);
  const { basedOn, groupIdentifier, patient } = ofPlan(view);
  return {
    resourceType: 'Task',
    id: publicId(handover.patientId, handover.id),
    meta: metaOf(handover),
    extension: [legalBasisExtension(view, handover)],
    basedOn,
    groupIdentifier,
    for: patient,
    status,
    statusReason: NEEDS_REASON.has(status) ? { text: words(handover.reason) ?? 'Skäl är inte angivet' } : undefined,
    intent: 'plan',
    code: {
      coding: [{ system: view.urls.system('task-kind'), code: 'handover', display: 'Överlämning' }],
      text: OF_WORDS[of],
    },
    focus,
    authoredOn: handover.createdAt,
    lastModified: lastModified(handover.createdAt, handover.changedAt),
    requester: unitRef(view, fromUnit),
    owner: unitRef(view, toUnit),
    note: some(notes(handover)),
    restriction: { period: { end: handover.answerBy } },
  };
}

const FEEDBACK_WORDS: Readonly<Record<Feedback['what'], string>> = {
  'missing-information': 'Uppgifter saknades',
  'wrong-receiver': 'Fel mottagare',
  good: 'Det fungerade bra',
  other: 'Återkoppling',
  reply: 'Svar på återkoppling',
};

/** What it is about: a step, and the handover as a part of which it was told; a step that the reader sees not is not named. */
function subjectOf(view: FhirView, { aboutId }: Feedback) {
  const { content } = view.plan;
  const handover = content.handover.find((one) => one.id === aboutId);
  const about = handover
    ? handover.of === 'step' && refTo(view, 'Task', handover.aboutId)
    : refTo(view, 'Task', aboutId);
  const partOf = handover && refTo(view, 'Task', handover.id);
  return { ...(about && { about: [about] }), ...(partOf && { partOf: [partOf] }) };
}

/** What the next one tells the one before about how it got the step. */
export function feedbackCommunication(view: FhirView, feedback: Feedback): fhir4.Communication {
  const { header, content } = view.plan;
  const answered = content.feedback.some((one) => one.id === feedback.answers)
    ? refTo(view, 'Communication', feedback.answers)
    : undefined;
  return {
    resourceType: 'Communication',
    id: publicId(feedback.patientId, feedback.id),
    meta: metaOf(feedback),
    extension: [legalBasisExtension(view, feedback)],
    basedOn: [{ reference: `CarePlan/${publicId(header.patientId, header.id)}` }],
    ...subjectOf(view, feedback),
    inResponseTo: answered && [answered],
    status: feedback.enteredInError ? 'entered-in-error' : 'completed',
    category: [
      {
        coding: [{ system: view.urls.system('remark-kind'), code: feedback.what }],
        text: FEEDBACK_WORDS[feedback.what],
      },
    ],
    subject: patientRef(view.patientId),
    sent: feedback.createdAt,
    recipient: [unitRef(view, feedback.toUnit)],
    sender: unitRef(view, feedback.fromUnit),
    payload: [{ contentString: feedback.text }],
  };
}
