import type { MadeThing } from '../../plans/index.ts';
import type { InFault } from '../mapping/in/faults.ts';

/** What an entry of a transaction came to. */
export type EntryResult =
  | { readonly kind: 'made'; readonly made: MadeThing; readonly dropped: readonly InFault[] }
  | { readonly kind: 'known'; readonly reference: string }
  | { readonly kind: 'unchanged'; readonly type: string; readonly id: string; readonly revision: number }
  | { readonly kind: 'refused'; readonly faults: readonly InFault[] }
  /** Read after the rest is done. */
  | { readonly kind: 'read' };

export type Results = ReadonlyMap<number, EntryResult>;
