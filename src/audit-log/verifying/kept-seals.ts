import type { ClientBase } from 'pg';
import type { KeptSeal, SealSink } from '../sealing/sink.ts';
import type { OnFault } from './fault.ts';

const BATCH = 1000;

/**
 * Compares the seals that were kept outside with those of the database. Only here does it show when somebody who owns
 * the database has written the whole chain anew.
 *
 * @returns how many were kept
 */
export async function verifyKept(client: ClientBase, sink: SealSink, onFault: OnFault): Promise<number> {
  let kept = 0;
  let batch: KeptSeal[] = [];
  const compare = async () => {
    const numbers = batch.map(({ number }) => number);
    const text = `select number::text, encode(hash, 'hex') as hash from audit_seals where number = any ($1)`;
    const { rows } = await client.query<{ number: string; hash: string }>(text, [numbers]);
    const known = new Map(rows.map(({ number, hash }) => [Number(number), hash]));
    for (const { number, hash } of batch) {
      if (!known.has(number)) onFault({ kind: 'kept-seal-missing', seal: number });
      else if (known.get(number) !== hash) onFault({ kind: 'kept-seal-differs', seal: number });
    }
    kept += batch.length;
    batch = [];
  };
  for await (const seal of sink.read()) {
    batch.push(seal);
    if (batch.length === BATCH) await compare();
  }
  await compare();
  return kept;
}
