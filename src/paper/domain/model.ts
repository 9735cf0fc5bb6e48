import type { ThingId } from '../../shared/ids.ts';
import type { ChangedBy, Instant, Owned } from '../../shared/owned.ts';

/** Who got a sheet: the patient, a relative whom the patient has named, or somebody else by name. */
export type Receiver =
  | { readonly kind: 'patient' }
  | { readonly kind: 'relative'; readonly relatedPersonId: ThingId }
  | { readonly kind: 'other'; readonly name: string };

/** That a sheet was handed over, and to whom a copy of it went. */
export interface HandedOver {
  readonly at: Instant;
  readonly by: ChangedBy;
  readonly to: Receiver;
  readonly way: (typeof HAND_OVER_WAYS)[number];
  readonly copyTo: readonly Receiver[];
}

/** That a sheet was read aloud to somebody, by telephone. */
export interface ReadAloud {
  readonly at: Instant;
  readonly by: ChangedBy;
  readonly to: Receiver;
}

export const HAND_OVER_WAYS = ['in-person', 'letter'] as const;

/**
 * One print of the patient's overview, numbered within the person. It holds no words of the plan: what is on it is made
 * anew from the plan as long as that says the same, and nothing has to be culled from prints when a contribution is.
 */
export interface Sheet extends Owned {
  readonly number: number;
  /** When it was printed, which is the time of its facts. */
  readonly printedAt: Instant;
  /** Versions of the agreement that were in force then. */
  readonly agreements: readonly { readonly planId: ThingId; readonly version: number }[];
  /** Which facts are on it, each with a print of its words, to know when one has changed. */
  readonly facts: Readonly<Record<string, string>>;
  /**
   * All that the patient could be told then, whoever printed it, each with a print of its words: what is compared with
   * later, since its printer and its readers may see less, and see it otherwise.
   */
  readonly told: Readonly<Record<string, string>>;
  readonly handedOver: readonly HandedOver[];
  readonly readAloud: readonly ReadAloud[];
}
