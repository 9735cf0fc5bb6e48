import type { DisclosureGround } from '../../access/policy/target.ts';
import type { Recipient } from '../../consents/domain/model.ts';
import type { ThingId } from '../../shared/ids.ts';
import { type Act, type NewOwned, newOwned, type Owned } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import { disclosureOfNothing, disclosureReceiverUnknown } from '../problems.ts';
import type { Contribution, ContributionKind, HsaId, Instant, Plan } from './model.ts';

/** One contribution as it was handed over: which, at which revision, and its very wording. */
export interface DisclosedItem {
  readonly kind: ContributionKind;
  readonly id: ThingId;
  readonly revision: number;
  readonly wording: Contribution;
}

/**
 * Utlämnande (PDL 3:11): a copy of own data to one receiver, on a ground, once. The copy holds the wording, since it is the
 * receiver's from then on, whatever becomes of what it was copied from.
 */
export interface Disclosure extends Owned {
  readonly planId: ThingId;
  readonly ground: DisclosureGround;
  readonly receiver: Recipient;
  readonly consentId?: ThingId;
  readonly purpose: string;
  /** Whether clinical text and notes for colleagues were in it. */
  readonly whole: boolean;
  /** The agreement version that the copy was of, when there was one. */
  readonly agreementVersion?: number;
  readonly madeAt: Instant;
  readonly items: readonly DisclosedItem[];
}

export interface NewDisclosure extends Pick<NewOwned, 'legalBasis'> {
  readonly ground: DisclosureGround;
  readonly receiver: Recipient;
  readonly consentId?: ThingId;
  readonly purpose: string;
  readonly whole: boolean;
}

/**
 * Hands a copy of some contributions of a plan to one receiver. The patient sees that it was done.
 *
 * @param isKnown whether the directory knows the receiver; a named person is in none
 * @throws disclosure-receiver-unknown, disclosure-of-nothing (422)
 */
export function disclose(
  act: Act,
  plan: Pick<Plan, 'patientId' | 'id'>,
  given: NewDisclosure,
  things: readonly { readonly kind: ContributionKind; readonly thing: Contribution }[],
  known: { readonly isKnown: boolean; readonly agreementVersion?: number },
): Disclosure {
  const { legalBasis, ...told } = given;
  if (given.receiver.kind !== 'person' && !known.isKnown) {
    const field = wrong('receiver.hsaId', 'Finns inte i katalogen.', 'Is not in the directory.');
    throw disclosureReceiverUnknown({ invalidParameters: [field] });
  }
  const items = things
    .filter(({ thing }) => !thing.enteredInError)
    .map(({ kind, thing }) => ({
      kind,
      id: thing.id,
      revision: thing.revision,
      wording: given.whole ? thing : withoutClinical(thing),
    }));
  if (items.length === 0) throw disclosureOfNothing();
  return {
    ...newOwned(act, plan.patientId, { approvedForPatient: true, legalBasis }),
    planId: plan.id,
    ...told,
    ...(known.agreementVersion === undefined ? {} : { agreementVersion: known.agreementVersion }),
    madeAt: act.now,
    items,
  };
}

function withoutClinical(thing: Contribution): Contribution {
  const copy: Record<string, unknown> = { ...thing };
  delete copy.clinicalText;
  if ('stepId' in thing) delete copy.note;
  return copy as unknown as Contribution;
}

/** The receiver as it is stored and looked up: `unit:SE…`, or `person` for one outside the directory. */
export function receiverKey(receiver: Recipient): string {
  return receiver.kind === 'person' ? 'person' : `${receiver.kind}:${receiver.hsaId}`;
}

/** A receiver by unit and provider, as readers are compared with it. */
export function receiverOf(key: string): { readonly unit?: HsaId; readonly provider?: HsaId } {
  const [kind, hsaId] = key.split(':');
  if (kind === 'unit') return { unit: hsaId };
  return kind === 'provider' ? { provider: hsaId } : {};
}
