import type { ChannelForm, Envelope, EventMessage, Occasion } from '../../delivery/index.ts';
import { DEFAULT_CANONICAL_BASE } from '../mapping/systems.ts';
import { topicUrl } from './names.ts';
import { type NotificationKind, notificationBundle } from './notification.ts';

/** How FHIR subscriptions are written to: rest-hook with a notification Bundle, and the headers that the receiver asked for. */
export function fhirNotificationForm(canonicalBase = DEFAULT_CANONICAL_BASE): ChannelForm {
  const topic = topicUrl(canonicalBase);
  const envelope = (occasion: Occasion, kind: NotificationKind, messages: readonly EventMessage[] = []): Envelope => {
    const { subscription, secrets, lastNumber, realNow } = occasion;
    const { base = '', contentType = 'application/fhir+json' } = subscription.content;
    const bundle = notificationBundle({ subscription, kind, topic, base, lastNumber, messages, realNow });
    const own = (secrets.headers ?? []).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
    });
    return { body: JSON.stringify(bundle), headers: { ...Object.fromEntries(own), 'content-type': contentType } };
  };
  return {
    event: (occasion, _delivery, message) => envelope(occasion, 'event-notification', [message]),
    handshake: (occasion) => envelope(occasion, 'handshake'),
    heartbeat: (occasion) => envelope(occasion, 'heartbeat'),
  };
}
