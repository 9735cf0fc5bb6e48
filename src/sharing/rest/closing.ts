import type { SharingAct } from '../change-sharing.ts';
import type { SharingChange, SharingKind, SharingThings } from '../domain/model.ts';
import { endNow } from '../domain/periods.ts';

/** Kinds that hold for a time, and are ended by a request. */
type Ended = {
  [K in SharingKind]: SharingThings[K] extends { readonly from: string; readonly until?: string } ? K : never;
}[SharingKind];

/** Ends the thing in the address now, with the reason if one is given. @throws alreadyEnded */
export function closing<K extends Ended>(
  kind: K,
  { why }: { readonly why?: string | undefined },
): SharingAct<K>['rule'] {
  return ({ act, thing }) => {
    const before = thing as SharingThings[K] & { readonly from: string };
    return [{ kind, before, after: endNow(act, before, why) } as unknown as SharingChange];
  };
}
