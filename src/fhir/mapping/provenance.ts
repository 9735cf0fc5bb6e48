import type { AgreementAct } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { metaOf, words } from './owned.ts';
import { organizationByIdentifier, partyRef, unitRef } from './references.ts';
import { SYSTEMS } from './systems.ts';
import type { FhirView } from './view.ts';

const agentType = (code: string): fhir4.CodeableConcept => ({ coding: [{ system: SYSTEMS.provenanceAgent, code }] });

const METHOD_WORDS = { oral: 'muntligt', written: 'skriftligt', digital: 'digitalt' } as const;

function inWords(act: AgreementAct): string {
  const what = act.act === 'approval' ? 'Godkännande' : 'Reservation';
  const standing = act.standing === 'reported' ? ', återberättat och inte bekräftat' : '';
  const text = words(act.text);
  return `${what} av version ${act.version}, ${METHOD_WORDS[act.method]}${standing}${text ? `: ${text}` : ''}`;
}

/** One act of agreement: who said yes or made a reservation, to which version, and who wrote it down. */
export function provenanceFrom(view: FhirView, act: AgreementAct): fhir4.Provenance {
  const { header } = view.plan;
  const provider = view.context.units.get(act.recordedBy.unit)?.provider;
  const custodian = organizationByIdentifier(act.recordedBy.provider, provider?.name);
  return {
    resourceType: 'Provenance',
    id: publicId(act.patientId, act.id),
    meta: metaOf(act),
    extension: [{ url: view.urls.extension('agreement-version'), valueInteger: act.version }],
    target: [{ reference: `CarePlan/${publicId(header.patientId, header.id)}` }],
    occurredDateTime: act.givenAt,
    recorded: act.createdAt,
    activity: { text: inWords(act) },
    agent: [
      { type: agentType('attester'), who: partyRef(view, act.party) },
      { type: agentType('author'), who: unitRef(view, act.recordedBy.unit) },
      { type: agentType('custodian'), who: custodian },
    ],
  };
}
