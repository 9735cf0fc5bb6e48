import { type Answered, type Asking, changedBy, type Desk, momentOf, type Sent, writing } from '../access/index.ts';
import type { ThingRef } from '../shared/ids.ts';
import { stale } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { withdrawConsent as withdraw } from './domain/consent.ts';
import type { Consent } from './domain/model.ts';
import { demandConsent, madeConsent } from './read-consents.ts';
import { CONSENT, consentEvents, consentResource, consentRow } from './store/changes.ts';
import { loadConsents } from './store/record.ts';

/**
 * Withdraws a consent, for staff who are told so and for the patient; it holds from this moment.
 *
 * @throws notFound, stale; consentNotGiven
 */
export function withdrawConsent(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
  reason: string | undefined,
  sent: Sent = {},
): Promise<Answered<Consent>> {
  const now = toRfc3339Utc(desk.clock.now());
  return writing(desk, asking, {
    action: 'consent.withdraw',
    patientId: ref.patientId,
    idempotency: sent.idempotency,
    load: (client) => loadConsents(client, asking.actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (loaded) => loaded.facts,
    work: (_grant, loaded) => {
      const before = demandConsent(loaded, ref);
      const { expectedRevision } = sent;
      if (expectedRevision !== undefined && before.revision !== expectedRevision) {
        throw stale({ extra: { revision: before.revision } });
      }
      const consent = withdraw({ now, by: changedBy(asking.actor) }, before, reason);
      return {
        rows: [consentRow(consent, 'update')],
        events: consentEvents(consent),
        resources: [consentResource(consent)],
        particulars: { changed: ['state'] },
        result: {
          status: 200,
          patientId: consent.patientId,
          planId: consent.planId,
          resourceKind: CONSENT,
          resourceId: consent.id,
        },
        answer: consent,
      };
    },
    replay: (_grant, loaded, made) => madeConsent(loaded, made),
  });
}
