import type { Step, StepState } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { externalIdentifier, legalBasisExtension, metaOf, words } from './owned.ts';
import { partyRef, patientRef } from './references.ts';
import { ofPlan } from './task.ts';
import { authorOf } from './task-report.ts';
import { executionPeriod } from './task-time.ts';
import type { FhirView } from './view.ts';

const STATUS: Readonly<Record<StepState, fhir4.ServiceRequest['status']>> = {
  wished: 'draft',
  proposed: 'draft',
  agreed: 'active',
  booked: 'active',
  'in-progress': 'active',
  'on-hold': 'on-hold',
  done: 'completed',
  'not-done': 'revoked',
  declined: 'revoked',
  cancelled: 'revoked',
  'entered-in-error': 'entered-in-error',
};

/**
 * A professional's step for clients that know requests and no tasks: read-only, and the same thing as the Task with its id.
 * Undefined for steps of the patient and relatives, who are asked for nothing by it.
 */
export function serviceRequestFrom(view: FhirView, step: Step): fhir4.ServiceRequest | undefined {
  if (!('unit' in step.responsibleParty) || step.responsibleParty.unit === undefined) return undefined;
  return {
    resourceType: 'ServiceRequest',
    id: publicId(step.patientId, step.id),
    meta: metaOf(step),
    extension: [legalBasisExtension(view, step)],
    identifier: externalIdentifier(view, step.externalId),
    basedOn: ofPlan(view).basedOn,
    status: STATUS[step.state],
    intent: step.state === 'wished' || step.state === 'proposed' ? 'proposal' : 'plan',
    code: { text: words(step.title) ?? 'Steg' },
    subject: patientRef(view.patientId),
    occurrencePeriod: executionPeriod(step),
    authoredOn: step.createdAt,
    requester: authorOf(view, step.recordedBy),
    performer: [partyRef(view, step.responsibleParty)],
    patientInstruction: words(step.patientText),
  };
}
