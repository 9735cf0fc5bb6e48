import type { Remark } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { externalIdentifier, legalBasisExtension, metaOf } from './owned.ts';
import { patientRef, refTo, unitRef } from './references.ts';
import { authorOf } from './task-report.ts';
import type { FhirView } from './view.ts';

const WORDS: Readonly<Record<Remark['what'], string>> = {
  comment: 'Kommentar',
  question: 'Fråga',
  objection: 'Invändning',
  'another-time': 'Önskan om annan tid',
  disagreement: 'Skiljaktig mening',
  answer: 'Svar',
};

function aboutOf(view: FhirView, remark: Remark): fhir4.Reference[] {
  const { content, header } = view.plan;
  const task = [...content.step, ...content.commitment].some((one) => one.id === remark.aboutId);
  const about = task ? refTo(view, 'Task', remark.aboutId) : undefined;
  const goal = content.goal.some((one) => one.id === remark.aboutId) && refTo(view, 'Goal', remark.aboutId);
  return [about || goal || { reference: `CarePlan/${publicId(header.patientId, header.id)}` }];
}

/** Words between the patient and care: a question, a wish, an objection, an answer. */
export function communicationFrom(view: FhirView, remark: Remark): fhir4.Communication {
  const { header, content } = view.plan;
  const answered = content.remark.some((one) => one.id === remark.answers)
    ? refTo(view, 'Communication', remark.answers)
    : undefined;
  const fromPatient = remark.recordedBy.kind === 'patient';
  const wished = remark.wishedTime?.trim() ? [{ contentString: `Önskad tid: ${remark.wishedTime}` }] : [];
  return {
    resourceType: 'Communication',
    id: publicId(remark.patientId, remark.id),
    meta: metaOf(remark),
    extension: [legalBasisExtension(view, remark)],
    identifier: externalIdentifier(view, remark.externalId),
    basedOn: [{ reference: `CarePlan/${publicId(header.patientId, header.id)}` }],
    inResponseTo: answered && [answered],
    status: remark.enteredInError ? 'entered-in-error' : 'completed',
    category: [
      {
        coding: [{ system: view.urls.system('remark-kind'), code: remark.what }],
        text: WORDS[remark.what],
      },
    ],
    subject: patientRef(view.patientId),
    about: aboutOf(view, remark),
    sent: remark.createdAt,
    recipient: [fromPatient ? unitRef(view, header.leadUnit) : patientRef(view.patientId, 'Patienten')],
    sender: authorOf(view, remark.recordedBy),
    payload: [{ contentString: remark.text }, ...wished],
  };
}
