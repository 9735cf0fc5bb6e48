import type { Days } from '../days.ts';
import type { StagedPlan } from '../staged-plan.ts';
import type { StagedStay } from '../staged-stay.ts';

/** A consent to one of the directory. */
export interface DemoConsent {
  readonly recipient: { readonly kind: string; readonly hsaId: string };
  readonly [field: string]: unknown;
}

/** One made-up person's plan, and how it comes to stand where the demonstration begins. */
export interface DemoStory {
  /** The citizen persona that it is about. */
  readonly citizen: string;
  /** How the person wants to be met; name and number are the persona's. */
  readonly person: object;
  /** Who writes the plan: the planning lead. */
  readonly lead: string;
  /** Stable name of the plan among the lead's provider's own. */
  readonly name: string;
  /** The plan as it is written down, in one call. */
  readonly plan: (days: Days) => object;
  /** Consents to ask for, one per recipient. */
  readonly consents?: (days: Days) => readonly DemoConsent[];
  /** What the others do while it is a draft. */
  readonly joined: (plan: StagedPlan, days: Days) => Promise<void>;
  /** What happens once it has been proposed. */
  readonly proposed?: (plan: StagedPlan, days: Days) => Promise<void>;
  /** A stay in hospital that goes on: at which ward, and what has been told of it. */
  readonly stay?: { readonly ward: string; readonly goes: (stay: StagedStay, days: Days) => Promise<void> };
  /** The status that it ends in. */
  readonly ends: 'proposed' | 'active';
}

/** An HSA-id of the demonstration. */
export const tst = (suffix: string): string => `SE0000000000-TST${suffix}`;

export const REGION = tst('H01');
export const KOMMUN = tst('H03');

/** Consent to plan together, to each of the two principals: what a SIP asks for [HSL 16:4]. */
export const consentsToSip =
  (data: string) =>
  (days: Days): readonly DemoConsent[] =>
    [REGION, KOMMUN].map((hsaId) => ({
      type: 'sip',
      form: 'oral',
      data,
      recipient: { kind: 'principal', hsaId },
      purpose: 'Samordnad individuell plan',
      until: days.day(180),
    }));
