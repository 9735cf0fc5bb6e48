import { type Row, row } from './answers.ts';
import { AT_WORK, EVERYONE, OWN, OWN_SYSTEM, SYSTEMS, systems, withRight, withRightOrPatient } from './classes.ts';

/** The access log and the directory. One row per route: what is done, and what each caller is answered. */
export const LOG_ROWS: Readonly<Record<string, Row>> = {
  'GET /v1/principals': row('directory.read', AT_WORK),
  'GET /v1/care-providers': row('directory.read', AT_WORK),
  'GET /v1/units': row('directory.read', EVERYONE),
  'GET /v1/staff': row('directory.read', AT_WORK),
  'GET /v1/units/:hsaId': row('directory.read', EVERYONE),
  'GET /v1/units/:hsaId/channels': row('directory.read', EVERYONE),
  'GET /v1/my/access-log': row('log.extract', OWN),
  'POST /v1/patients/:patientId/access-log': row('log.extract', withRightOrPatient('log-review-missing'), {
    guardian12: '200',
  }),
  'POST /v1/access-log/reviews': row('log.review', withRight('log-review-missing', '201')),
  'GET /v1/access-log/reviews': row('log.review', withRight('log-review-missing')),
  'GET /v1/access-log/reviews/:reviewId': row('log.review', withRight('log-review-missing')),
  'POST /v1/access-log/reviews/:reviewId/conclusions': row('log.record-review', withRight('log-review-missing', '201')),
  'POST /v1/access-log/watches': row('log.record-review', withRight('log-review-missing', '201')),
  'GET /v1/access-log/watches': row('log.review', withRight('log-review-missing')),
  'POST /v1/access-log/watches/:watchId/end': row('log.record-review', withRight('log-review-missing')),
  'GET /v1/deadline-rules': row('directory.read', AT_WORK),

  // ---------------------------------------------------------------- events, for systems alone
  'GET /v1/events': row('event.read', SYSTEMS),
  'GET /v1/subscriptions': row('subscription.read', SYSTEMS),
  'GET /v1/subscriptions/:subscriptionId': row('subscription.read', OWN_SYSTEM),
  'POST /v1/subscriptions': row('subscription.change', { ...SYSTEMS, ...systems('201') }),
  'PATCH /v1/subscriptions/:subscriptionId': row('subscription.change', OWN_SYSTEM),
  'POST /v1/subscriptions/:subscriptionId/pause': row('subscription.change', OWN_SYSTEM),
  'POST /v1/subscriptions/:subscriptionId/resume': row('subscription.change', OWN_SYSTEM),
  'POST /v1/subscriptions/:subscriptionId/end': row('subscription.change', OWN_SYSTEM),
  'POST /v1/subscriptions/:subscriptionId/rotate-secret': row('subscription.change', OWN_SYSTEM),
  'POST /v1/subscriptions/:subscriptionId/replay': row(
    'subscription.change',
    OWN_SYSTEM,
    { system: '422 nothing-to-replay' },
    { also: ['subscription.read', 'subscription.change'] },
  ),
  'GET /v1/subscriptions/:subscriptionId/dead-letters': row('subscription.read', OWN_SYSTEM),
  'POST /v1/subscriptions/:subscriptionId/dead-letters/retry': row(
    'subscription.change',
    OWN_SYSTEM,
    {},
    { also: ['subscription.read'] },
  ),
};
