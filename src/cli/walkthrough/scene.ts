import type { Play } from './play.ts';

/** What Ester is told of her next step, field by field, so that a deviation says which of them. */
export const TOLD = ['nästa steg', 'vad', 'när', 'vem', 'hur', 'når', 'sedan'] as const;
export type Told = Readonly<Record<(typeof TOLD)[number], string>>;

/** One moment of a story: what somebody does, and what the patient is to be told right after. */
export interface Scene {
  /** Swedish wall-clock time, `2026-11-16T13:02`. */
  readonly at: string;
  /** The persona who acts; without one the patient only reads. */
  readonly who?: string;
  /** What happens, in Swedish, after the name: "skriver en plan". */
  readonly does?: string;
  readonly act?: (play: Play) => Promise<Remarks>;
  /** What the patient must be told; only the fields given are compared. */
  readonly sees?: Partial<Told>;
  /** A moment that the scenario itself words ("Nästa steg vid tidpunkt"). */
  readonly named?: boolean;
}

/** What else can be told of an act: lines to print, and what it should have come to beside what it came to. */
export interface Remarks {
  readonly lines?: readonly string[];
  readonly checks?: readonly Check[];
}

export interface Check {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

interface OverviewPart {
  readonly nextStep?: {
    readonly sentence: string;
    readonly what?: string;
    readonly when?: Readonly<Record<string, unknown>>;
    readonly step?: {
      readonly who: { readonly name: string };
      readonly performer?: string;
      readonly how?: { readonly words: string; readonly place?: string };
    };
    readonly reach: { readonly contact: { readonly name: string }; readonly channel: { readonly value: string } };
    readonly after?: { readonly sentence: string };
  };
}

/** What the patient's own overview says at this moment. */
export async function readTold(play: Play, citizen: string): Promise<Told> {
  const { nextStep } = await play.get<OverviewPart>(citizen, '/v1/my/overview');
  const { form = '', start, by, on } = nextStep?.when ?? {};
  const { who, performer, how } = nextStep?.step ?? {};
  return {
    'nästa steg': nextStep?.sentence ?? '(inget)',
    vad: nextStep?.what ?? '',
    när: [form, start ?? by ?? on ?? ''].join(' ').trim(),
    vem: [performer, who?.name].filter(Boolean).join(', '),
    hur: [how?.words, how?.place].filter(Boolean).join(', '),
    når: nextStep ? `${nextStep.reach.contact.name}: ${nextStep.reach.channel.value}` : '',
    sedan: nextStep?.after?.sentence ?? '',
  };
}

/** The fields in which what is told is not what was expected. */
export function deviations(expected: Partial<Told>, told: Told): readonly Check[] {
  return TOLD.flatMap((what) => {
    const wanted = expected[what];
    return wanted === undefined || wanted === told[what] ? [] : [{ what, expected: wanted, actual: told[what] }];
  });
}
