import type { AuditedResource } from '../../audit/index.ts';
import { ownedRow } from '../../db/owned-row.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { OutboxEvent } from '../../events/index.ts';
import type { Consent } from '../domain/model.ts';

export const CONSENT = 'consent';

/** The row of a consent; its history row follows by itself. */
export function consentRow(consent: Consent, write: RowChange['write']): RowChange {
  const { type, state, recipient, from, until } = consent;
  const to = recipient.kind === 'person' ? 'person' : `${recipient.kind}:${recipient.hsaId}`;
  return {
    table: 'consents',
    write,
    row: ownedRow(consent, { type, state, recipient: to, from_at: from, until_at: until }),
  };
}

export function consentResource(consent: Consent): AuditedResource {
  return { kind: CONSENT, id: consent.id, owner: consent.recordedBy.provider };
}

/** What is told when a consent begins or ends; a refusal changes nothing for anyone and is not told. */
export function consentEvents(consent: Consent): readonly OutboxEvent[] {
  if (consent.state === 'refused') return [];
  return [
    {
      event: consent.state === 'given' ? 'consent.given' : 'consent.ended',
      patientId: consent.patientId,
      ...(consent.planId ? { planId: consent.planId } : {}),
      resourceKind: CONSENT,
      resourceId: consent.id,
      revision: consent.revision,
      ownerUnit: consent.recordedBy.unit,
      ownerProvider: consent.recordedBy.provider,
      at: consent.changedAt,
    },
  ];
}
