import type { Commitment } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { externalIdentifier, legalBasisExtension, metaOf, words } from './owned.ts';
import { partyRef } from './references.ts';
import { COMMITMENT_STATE_WORDS, COMMITMENT_TASK_STATUS, NEEDS_REASON } from './states.ts';
import { lastModified, ofPlan } from './task.ts';
import type { FhirView } from './view.ts';

/** A promise: a task that is never the next step, owned by who promises and asked for by whom it is promised to. */
export function commitmentTask(view: FhirView, promise: Commitment): fhir4.Task {
  const { state, text, due, proposal, judged } = promise;
  const status = COMMITMENT_TASK_STATUS[state];
  const reason = words(judged?.why) ?? words(promise.changedBy.why) ?? 'Skäl är inte angivet';
  const changed = proposal && {
    url: view.urls.extension('proposed-change'),
    valueInteger: proposal.agreementVersion,
  };
  const { basedOn, groupIdentifier, patient } = ofPlan(view);
  return {
    resourceType: 'Task',
    id: publicId(promise.patientId, promise.id),
    meta: metaOf(promise),
    extension: [legalBasisExtension(view, promise), ...(changed ? [changed] : [])],
    identifier: externalIdentifier(view, promise.externalId),
    basedOn,
    groupIdentifier,
    for: patient,
    status,
    statusReason: NEEDS_REASON.has(status) ? { text: reason } : undefined,
    businessStatus: {
      coding: [{ system: view.urls.system('step-state'), code: state }],
      text: COMMITMENT_STATE_WORDS[state],
    },
    intent: 'plan',
    code: {
      coding: [{ system: view.urls.system('task-kind'), code: 'commitment', display: 'Löfte' }],
      text: 'Löfte',
    },
    description: text,
    authoredOn: promise.createdAt,
    lastModified: lastModified(promise.createdAt, promise.changedAt),
    requester: partyRef(view, promise.to),
    owner: partyRef(view, promise.by),
    restriction: due === undefined ? undefined : { period: { end: due } },
  };
}
