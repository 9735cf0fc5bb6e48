import { consentState } from '../../consents/domain/consent.ts';
import type { Consent, Recipient } from '../../consents/domain/model.ts';
import { type PatientId, publicId } from '../../shared/ids.ts';
import type { SharingThings } from '../../sharing/domain/model.ts';
import { metaOf } from './owned.ts';
import { organizationByIdentifier, patientRef } from './references.ts';
import type { OwnUrls } from './systems.ts';

type Block = SharingThings['block'];

/** What a consent or a block is told with. */
export interface ConsentView {
  readonly urls: OwnUrls;
  readonly patientId: PatientId;
  /** Business time, epoch milliseconds: whether it still holds. */
  readonly now: number;
}

const SCOPE: fhir4.CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
};
const RECIPIENT: fhir4.CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }],
  text: 'Mottagare',
};

const TYPE_WORDS: Readonly<Record<Consent['type'], string>> = {
  sip: 'Samtycke till samordnad individuell plan',
  'read-care': 'Samtycke till att vården tar del av uppgifter',
  'read-social': 'Samtycke till att omsorgen tar del av uppgifter',
  disclosure: 'Samtycke till utlämnande',
};

const STATUS = { given: 'active', refused: 'rejected', withdrawn: 'inactive', expired: 'inactive' } as const;

function category({ urls }: ConsentView, code: string, text: string): fhir4.CodeableConcept[] {
  const system = urls.plan.replace(/\/sid\/plan$/, '/CodeSystem/consent-kind');
  return [{ coding: [{ system, code }], text }];
}

function recipientOf(recipient: Recipient): fhir4.Reference {
  if (recipient.kind === 'person') return { type: 'Organization', display: recipient.name };
  return organizationByIdentifier(recipient.hsaId);
}

/** A consent as the person gave or refused it: a permit or a deny for one recipient, with a beginning and an end. */
export function consentFrom(view: ConsentView, consent: Consent): fhir4.Consent {
  const { type, data, purpose, from, until, recipient } = consent;
  const state = consentState(consent, view.now);
  return {
    resourceType: 'Consent',
    id: publicId(consent.patientId, consent.id),
    meta: metaOf(consent),
    status: consent.enteredInError ? 'entered-in-error' : STATUS[state],
    scope: SCOPE,
    category: category(view, type, TYPE_WORDS[type]),
    patient: patientRef(view.patientId),
    dateTime: consent.createdAt,
    organization: [organizationByIdentifier(consent.recordedBy.provider)],
    policyRule: { text: type === 'sip' ? 'HSL 16:4, SoL 10:8' : 'Lag (2022:913) och OSL' },
    provision: {
      type: state === 'refused' ? 'deny' : 'permit',
      period: { start: from, end: until },
      actor: [{ role: RECIPIENT, reference: recipientOf(recipient) }],
      code: [{ text: data.trim() || 'Uppgifter' }, ...(purpose.trim() ? [{ text: `Ändamål: ${purpose}` }] : [])],
    },
  };
}

/** A block (spärr): a deny for everybody outside the provider, or outside the unit, whose data it is. */
export function blockFrom(view: ConsentView, block: Block): fhir4.Consent {
  const { reach, provider, unit, from, until, liftedAt } = block;
  const ended = liftedAt !== undefined || (until !== undefined && Date.parse(until) <= view.now);
  const what = reach === 'inner' ? 'Inre spärr' : 'Yttre spärr';
  const end = liftedAt ?? until;
  return {
    resourceType: 'Consent',
    id: publicId(block.patientId, block.id),
    meta: metaOf(block),
    status: block.enteredInError ? 'entered-in-error' : ended ? 'inactive' : 'active',
    scope: SCOPE,
    category: category(view, `${reach}-block`, what),
    patient: patientRef(view.patientId),
    dateTime: block.createdAt,
    organization: [organizationByIdentifier(provider)],
    policyRule: { text: reach === 'inner' ? 'Patientdatalagen 4 kap. 4 §' : 'Lag (2022:913) 2 kap. 3 §' },
    provision: {
      type: 'deny',
      period: { start: from, ...(end !== undefined && { end }) },
      ...(unit !== undefined && {
        data: [{ meaning: 'related' as const, reference: organizationByIdentifier(unit) }],
      }),
      code: [{ text: unit === undefined ? 'Uppgifter hos vårdgivaren' : 'Uppgifter hos enheten' }],
    },
  };
}

/** Codes of {@link consentFrom} and {@link blockFrom}, in words. */
export const CONSENT_KIND_WORDS: Readonly<Record<string, string>> = {
  ...TYPE_WORDS,
  'inner-block': 'Inre spärr',
  'outer-block': 'Yttre spärr',
};
