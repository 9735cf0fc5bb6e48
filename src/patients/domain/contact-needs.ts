import type { Weekday } from '../../shared/calendar.ts';
import { wrong } from '../../shared/problem.ts';
import { contactNeedsContradict, datesOutOfOrder } from '../problems.ts';

/** How the patient wants to be reached by care. */
export const CONTACT_WAYS = ['phone', 'letter', 'message-1177', 'sms', 'e-mail', 'visit', 'through-relative'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];

/** Hours when it is right to call, Swedish time; `from` before `to`, `HH:MM`. */
export interface CallTime {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** What care must know to make contact in a way that works for the person. */
export interface ContactNeeds {
  /** Language to be interpreted, BCP 47; `swl` is Swedish sign language. */
  readonly interpreter?: string;
  readonly hearing?: boolean;
  readonly sight?: boolean;
  readonly pictures?: boolean;
  readonly easySwedish?: boolean;
  /** Care must never call; the person may. */
  readonly doNotCall?: boolean;
  readonly callTimes?: readonly CallTime[];
  readonly cannotUse1177?: boolean;
  readonly notes?: string;
}

/**
 * Refuses needs that nobody could meet: a call to one who must not be called, a message where it cannot be read.
 *
 * @throws contactNeedsContradict, datesOutOfOrder (a call time that ends before it begins), naming the fields
 */
export function checkContactNeeds(needs: ContactNeeds, preferred: ContactWay | undefined): void {
  const faults = [];
  if (needs.doNotCall && needs.callTimes?.length) {
    faults.push(
      wrong('contactNeeds.callTimes', 'Tider att ringa går inte ihop med doNotCall.', 'Contradicts doNotCall.'),
    );
  }
  if (needs.doNotCall && preferred === 'phone') {
    faults.push(wrong('preferredContactWay', 'Telefon går inte ihop med doNotCall.', 'Phone contradicts doNotCall.'));
  }
  if (needs.cannotUse1177 && preferred === 'message-1177') {
    faults.push(wrong('preferredContactWay', 'Går inte ihop med cannotUse1177.', 'Contradicts cannotUse1177.'));
  }
  if (faults.length > 0) throw contactNeedsContradict({ invalidParameters: faults });
  const backwards = (needs.callTimes ?? []).flatMap(({ from, to }, i) =>
    from < to ? [] : [wrong(`contactNeeds.callTimes.${i}.to`, 'Ska vara senare än from.', 'Must be later than from.')],
  );
  if (backwards.length > 0) throw datesOutOfOrder({ invalidParameters: backwards });
}

/** What the needs mean for how the patient reaches care, in the terms that plans ask in. */
export interface NeedsWhenReaching {
  readonly cannotUse1177: boolean;
  readonly hearingImpaired: boolean;
  readonly doNotCall: boolean;
  readonly preferred?: 'phone' | '1177-message' | 'visit';
}

const SAME_WAY_BACK: Readonly<Partial<Record<ContactWay, NeedsWhenReaching['preferred']>>> = {
  phone: 'phone',
  'message-1177': '1177-message',
  visit: 'visit',
};

/** The way care is to reach the patient is tried first the other way round too; a letter reaches nobody now. */
export function needsWhenReaching(needs: ContactNeeds, preferred: ContactWay | undefined): NeedsWhenReaching {
  const way = preferred && SAME_WAY_BACK[preferred];
  return {
    cannotUse1177: needs.cannotUse1177 === true,
    hearingImpaired: needs.hearing === true,
    doNotCall: needs.doNotCall === true,
    ...(way ? { preferred: way } : {}),
  };
}
