import { randomUUID } from 'node:crypto';
import { createPool } from '../../src/db/pool.ts';
import { createSealer, DEFAULT_DELIVERY, startDispatcher } from '../../src/delivery/index.ts';
import { addWebhook } from '../../src/delivery/webhooks.ts';
import { createDesk } from '../../src/deps.ts';
import { sequenceEvents } from '../../src/events/index.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { answerEach } from '../child.ts';

export interface SenderSetup {
  readonly appUrl: string;
  readonly poolSize: number;
  readonly secret: Uint8Array;
  /** The provider whose system is told. */
  readonly provider: string;
  readonly target: string;
}

// The service's dispatcher with nothing beside it, so that what telling costs is told apart from what making does. The
// service in normal mode sends to nobody on its own machine: that alone is different here.
answerEach<SenderSetup, { id: string }>(async ({ appUrl, poolSize, secret, provider, target }) => {
  const pool = createPool({
    url: appUrl,
    applicationName: 'bench sender',
    max: poolSize,
    onConnectionError: () => undefined,
  });
  const desk = createDesk({ pool, clock: systemClock });
  const settings = { ...DEFAULT_DELIVERY, allowLocal: true };
  const sealer = createSealer(secret);
  const actor = { kind: 'system', issuer: 'bench', clientId: 'bench', providerHsaId: provider } as const;
  const asking = { actor, requestId: randomUUID(), route: 'bench' };
  // What the other measurements made is not to be told of now.
  while ((await sequenceEvents(pool)) > 0);
  const { answer } = await addWebhook({ desk, settings, sealer }, asking, { target }, {});
  const log = {
    info: () => undefined,
    error: (facts: object, text: string) => process.stderr.write(`${text} ${JSON.stringify(facts)}\n`),
  };
  startDispatcher({ desk, log, settings, sealer });
  return { id: answer.subscription.id };
});
