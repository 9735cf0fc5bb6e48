import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';
import { type DeliveryLag, deliveryLag } from './store/lag.ts';

/** What is measured, asked for when somebody looks; no label tells a subscriber or a person. */
const GAUGES = [
  ['event_deliveries_waiting', 'Events on their way to subscribers', 'waiting'],
  ['event_delivery_lag_seconds', 'Age of the oldest event that is on its way and due', 'oldestSeconds'],
  ['event_dead_letters', 'Events that were given up and not retried', 'dead'],
  ['event_subscriptions_failing', 'Subscriptions at work whose latest try failed', 'failing'],
  ['event_follower_lag', 'Events that findings have not looked at yet', 'followerLag'],
  ['attention_waiting', 'Persons who are due to be looked at for findings', 'looksWaiting'],
] as const satisfies readonly (readonly [string, string, keyof DeliveryLag])[];

/** How long one answer serves all gauges of a scrape. */
const KEPT_MS = 1000;

/** Registers how far delivery lags behind. */
export function registerDeliveryMetrics(registry: Registry, pool: Pool): void {
  let asked: { at: number; lag: Promise<DeliveryLag> } | undefined;
  const ask = () => {
    if (!asked || Date.now() - asked.at > KEPT_MS) asked = { at: Date.now(), lag: deliveryLag(pool) };
    return asked.lag;
  };
  for (const [name, help, field] of GAUGES) {
    const gauge = new Gauge({
      name,
      help,
      registers: [registry],
      // Every process tells of the same database: their figures are not added.
      aggregator: 'max',
      async collect() {
        // Away, the database gives no figure; the rest of the scrape goes on.
        const lag = await ask().catch(() => undefined);
        if (lag) gauge.set(lag[field]);
      },
    });
  }
}
