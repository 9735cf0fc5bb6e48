import type { ClientBase } from 'pg';
import type { KeptSeal, SealSink } from '../sealing/sink.ts';
import type { OnFault } from './fault.ts';

const BATCH = 1000;
/** The service keeps them each minute. */
const OVERDUE = '1 hour';

/**
 * Compares the seals that were kept outside with those of the database, both ways. Only here does it show when somebody
 * who owns the database has written the whole chain anew, and that what was kept outside has been cut or emptied.
 *
 * @returns how many were kept
 */
export async function verifyKept(client: ClientBase, sink: SealSink, onFault: OnFault): Promise<number> {
  let kept = 0;
  let last = 0;
  let batch: KeptSeal[] = [];
  const compare = async () => {
    const numbers = batch.map(({ number }) => number);
    const text = `select number::text, encode(hash, 'hex') as hash from audit_seals where number = any ($1)`;
    const { rows } = await client.query<{ number: string; hash: string }>(text, [numbers]);
    const known = new Map(rows.map(({ number, hash }) => [Number(number), hash]));
    for (const { number, hash } of batch) {
      if (number > last + 1) await tellNotKept(client, { after: last, before: number }, onFault);
      last = Math.max(last, number);
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
  await tellNotKept(client, { after: last }, onFault);
  return kept;
}

/** Seals of the database that the sink lacks: all between two that it has, and of the newest those it has had time for. */
async function tellNotKept(
  client: ClientBase,
  { after, before }: { readonly after: number; readonly before?: number },
  onFault: OnFault,
): Promise<void> {
  const text = `select number::text from audit_seals where number > $1
    and case when $2::bigint is null then sealed_at < now() - interval '${OVERDUE}' else number < $2 end order by audit_seals.number`;
  const { rows } = await client.query<{ number: string }>(text, [after, before ?? null]);
  for (const { number } of rows) onFault({ kind: 'seal-not-kept', seal: Number(number) });
}
