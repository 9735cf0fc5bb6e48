import type { Subscription } from '../../delivery/index.ts';
import { publicReferenceId } from '../../shared/ids.ts';
import { CONTENT_EXTENSION, HEARTBEAT_EXTENSION, SUBSCRIPTION_PROFILE } from './names.ts';
import { statusOf } from './notification.ts';

/** A subscription as FHIR R4 shows it. The receiver's own headers are secrets, and are not shown again. */
export function presentSubscription(subscription: Subscription, topic: string): fhir4.Subscription {
  const { id, revision, changedAt, target, content } = subscription;
  const { heartbeatSeconds, end, payload = 'id-only', contentType = 'application/fhir+json', description } = content;
  return {
    resourceType: 'Subscription',
    id: publicReferenceId(id),
    meta: { versionId: String(revision), lastUpdated: changedAt, profile: [SUBSCRIPTION_PROFILE] },
    status: statusOf(subscription),
    ...(end === undefined ? {} : { end }),
    reason: description ?? 'Händelser i planer',
    criteria: topic,
    ...(content.reason === undefined ? {} : { error: content.reason }),
    channel: {
      ...(heartbeatSeconds === undefined
        ? {}
        : { extension: [{ url: HEARTBEAT_EXTENSION, valueUnsignedInt: heartbeatSeconds }] }),
      type: 'rest-hook',
      endpoint: target,
      payload: contentType,
      _payload: { extension: [{ url: CONTENT_EXTENSION, valueCode: payload }] },
    },
  };
}
