import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import { type Disclosure, receiverOf } from '../domain/disclosure.ts';
import type { HsaId, Instant } from '../domain/model.ts';

/** A copy that the actor's unit or provider was handed, as the policy and the reader need it. */
export interface HandedWordings extends Pick<Disclosure, 'items' | 'whole'> {
  readonly at: Instant;
  readonly unit?: HsaId;
  readonly provider?: HsaId;
}

/**
 * Copies handed to the actor's unit or provider; for a system, which has no unit, to any of its provider's units: what
 * they were handed its provider was.
 */
export const handedPart: RecordPart = {
  name: 'handed',
  sql: `select json_agg(json_build_object('receiver', case when $3 = '' then 'provider:' || $4 else t.receiver end,
      'at', t.content->'madeAt', 'whole', t.content->'whole', 'items', t.content->'items'))
    from disclosures t where t.patient_id = any ((select keys from k)::uuid[]) and not t.entered_in_error
      and (t.receiver in ('unit:' || $3, 'provider:' || $4) or ($3 = '' and $4 <> ''
        and t.receiver in (select 'unit:' || u.hsa_id from units u where u.provider_hsa_id = $4)))`,
};

/** What {@link handedPart} gave. */
export function readHanded(raw: RawRecord): readonly HandedWordings[] {
  const rows = raw.handed as (Omit<HandedWordings, 'unit' | 'provider'> & { readonly receiver: string })[] | null;
  return (rows ?? []).map(({ receiver, ...copy }) => ({ ...copy, ...receiverOf(receiver) }));
}
