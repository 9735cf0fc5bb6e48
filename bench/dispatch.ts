import { randomBytes } from 'node:crypto';
import { type Helper, startHelper } from './child.ts';
import type { ReceiverAnswer, ReceiverQuestion } from './dispatch/receiver.ts';
import type { SenderSetup } from './dispatch/sender.ts';
import { cpuOf, cpuOfFamily, memoryOf } from './measure/processes.ts';
import { asked, type BenchPlace } from './place.ts';
import type { World } from './world/seed.ts';

const SINGLES = 20;

/** What telling a subscriber of events took. Seconds; of processor time for each event, microseconds. */
export interface Dispatch {
  readonly events: number;
  readonly seconds: number;
  readonly cpu: { readonly sender?: number; readonly database?: number };
  /** From the change until the receiver has it, when nothing else is under way: milliseconds. */
  readonly aloneMs: { readonly median: number; readonly longest: number };
  readonly memoryMb?: number;
}

/** The row that a step's change leaves, as the service writes it: one for each of so many plans. */
const HAPPEN = `insert into outbox (patient_id, id, event, plan_id, resource_kind, resource_id, revision, owner_unit, owner_provider, at)
  select patient_id, gen_random_uuid(), 'plan.step.changed', plan_id, 'step', id, revision, recorded_unit, recorded_provider, now()
  from (select distinct on (s.patient_id, s.plan_id) s.* from steps s join plans p on p.patient_id = s.patient_id and p.id = s.plan_id
    where s.recorded_provider = $1 and p.status = 'active' order by s.patient_id, s.plan_id, s.id limit $2) chosen`;

/**
 * Tells one provider's system of many events at once, each of its own plan, and then of some one by one: put in order,
 * judged when taken on and when told, logged, signed and sent. The service itself must be stopped, or it would take its
 * share.
 */
export async function measureDispatch(
  place: BenchPlace,
  { districts }: World,
  { events, poolSize }: { readonly events: number; readonly poolSize: number },
): Promise<Dispatch> {
  const receiver: Helper<ReceiverQuestion, ReceiverAnswer> = await startHelper('dispatch/receiver.ts');
  const sender: Helper<SenderSetup, { id: string }> = await startHelper('dispatch/sender.ts');
  try {
    const provider = districts[0]!.units.ward.provider.hsaId;
    const { url: target } = await receiver.ask({ open: true });
    await sender.ask({ appUrl: place.appUrl, poolSize, secret: randomBytes(32), provider, target });
    const happen = async (count: number) => {
      const { received } = await receiver.ask({ open: true });
      const began = performance.now();
      const made = await asked<{ n: number }>(
        place.ownerUrl,
        `with made as (${HAPPEN} returning 1) select count(*)::int as n from made`,
        [provider, count],
      );
      const n = made[0]!.n;
      await receiver.ask({ until: received + n });
      return { n, ms: performance.now() - began };
    };
    // The first ones warm up.
    await happen(Math.ceil(events / 5));
    const before = await spent(place, sender.pid);
    const { n, ms } = await happen(events);
    const after = await spent(place, sender.pid);
    const alone: number[] = [];
    for (let i = 0; i < SINGLES; i++) alone.push((await happen(1)).ms);
    alone.sort((a, b) => a - b);
    const each = (name: 'sender' | 'database') =>
      before[name] === undefined || after[name] === undefined ? undefined : ((after[name] - before[name]) / n) * 1e6;
    return {
      events: n,
      seconds: ms / 1000,
      cpu: { sender: each('sender'), database: each('database') },
      aloneMs: { median: alone[Math.floor(SINGLES / 2)]!, longest: alone.at(-1)! },
      memoryMb: await memoryOf(sender.pid),
    };
  } finally {
    await sender.stop();
    await receiver.stop();
  }
}

async function spent({ postmasterPid }: BenchPlace, sender: number) {
  return {
    sender: await cpuOf(sender),
    database: postmasterPid === undefined ? undefined : await cpuOfFamily(postmasterPid),
  };
}

/** The line of the report. */
export function dispatchInWords({ events, seconds, cpu, aloneMs, memoryMb }: Dispatch): string {
  const micro = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(0));
  return (
    `händelser: ${events} framme på ${seconds.toFixed(1)} s (${(events / seconds).toFixed(0)}/s), CPU µs/händelse ${micro(cpu.sender)} ` +
    `hos avsändaren och ${micro(cpu.database)} i databasen, ${memoryMb ?? '-'} MB; en ensam är framme efter ${aloneMs.median.toFixed(0)} ms ` +
    `(längst ${aloneMs.longest.toFixed(0)})`
  );
}
