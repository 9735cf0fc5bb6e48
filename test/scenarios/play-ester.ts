import { esterAgreement } from '../../src/cli/walkthrough/ester-agreement.ts';
import { esterHome } from '../../src/cli/walkthrough/ester-home.ts';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { type Outcome, type Theatre, tellStory } from '../../src/cli/walkthrough/tell-story.ts';
import { Stage } from '../../src/demo/index.ts';
import type { Answer, TestApp } from '../support/app.ts';

export const SCENES = [...esterHome, ...esterAgreement];

export interface Performance {
  readonly play: Play;
  readonly outcome: Outcome;
  readonly lines: readonly string[];
}

/** Where a story is played before the app itself, without a socket; what is said is kept. */
export function theatreOf(service: TestApp): Theatre & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    play: new Play(new Stage(service.app, service.issuer)),
    moveClock: async (instant) => service.setClock(instant),
    say: (line) => lines.push(line),
    lines,
  };
}

/** Plays Ester's story to its end, 27 November 12:00; `atMoment` is called at each moment that the scenario words. */
export async function playEster(service: TestApp, atMoment?: (at: string) => Promise<void>): Promise<Performance> {
  const theatre = theatreOf(service);
  let outcome: Outcome = { named: 0, right: 0, deviations: [] };
  for (const scene of SCENES) {
    const { named, right, deviations } = await tellStory([scene], 'ester', theatre);
    outcome = {
      named: outcome.named + named,
      right: outcome.right + right,
      deviations: [...outcome.deviations, ...deviations],
    };
    if (scene.named) await atMoment?.(scene.at);
  }
  return { play: theatre.play, outcome, lines: theatre.lines };
}

/** A person's own overview, as far as these tests look at it. */
export interface OverviewTold {
  readonly plans: readonly { readonly id: string; readonly kind: string; readonly partOf?: string }[];
  readonly whatMatters: readonly { readonly text: string }[];
  readonly nextStep: {
    readonly kind: string;
    readonly what?: string;
    readonly when?: Readonly<Record<string, unknown>>;
    readonly step?: { readonly who: object; readonly performer?: string; readonly how?: object };
    readonly late?: Readonly<Record<string, unknown>>;
    readonly reach: Readonly<Record<string, unknown>>;
    readonly after?: { readonly sentence: string };
    readonly sentence: string;
  };
  readonly doing: Readonly<Record<'me' | 'network' | 'care', Doing>>;
  readonly past: readonly StepTold[];
  readonly everyDay: readonly { readonly what: string; readonly often: string; readonly condition?: string }[];
  readonly askAbout: readonly { readonly what: string; readonly question: string }[];
  readonly bookedTimes: readonly Readonly<Record<string, unknown>>[];
  readonly changed: readonly { readonly what: string; readonly words: string; readonly laterThanAgreed: boolean }[];
  readonly contacts: readonly Readonly<Record<string, unknown>>[];
  readonly reach: { readonly words: string };
  readonly safetyNet: Readonly<Record<'green' | 'yellow' | 'red', readonly object[]>>;
  readonly agreements: readonly AgreementTold[];
  readonly receipt: {
    readonly patientkontrakt: boolean;
    readonly missing: readonly string[];
    readonly statements: readonly { statement: string; patient?: boolean; staff?: boolean }[];
  };
  readonly remarks: readonly RemarkTold[];
}

interface Doing {
  readonly steps: readonly StepTold[];
  readonly promises: readonly PromiseTold[];
}

export interface StepTold {
  readonly id: string;
  readonly what: string;
  readonly state: string;
  readonly revision: number;
  readonly reason?: string;
  readonly answer?: { readonly by: { readonly name: string }; readonly at: string };
  readonly occurrences?: readonly { readonly on: string; readonly state: string }[];
}

export interface PromiseTold {
  readonly id: string;
  readonly revision: number;
  readonly text: string;
  readonly state: string;
  readonly words: string;
  readonly judged?: { readonly at: string; readonly by: { readonly name: string }; readonly why?: string };
  readonly proposal?: { readonly agreementVersion: number; readonly changes: object };
}

interface VersionTold {
  readonly version: number;
  readonly awaits?: readonly string[];
  readonly parts: readonly { readonly id: string; readonly standing: string; readonly [more: string]: unknown }[];
}

export interface AgreementTold {
  readonly planId: string;
  readonly agreed?: VersionTold;
  readonly proposed?: VersionTold;
}

export interface RemarkTold {
  readonly what: string;
  readonly text: string;
  readonly awaitsAnswer: boolean;
  readonly answers: readonly {
    readonly text: string;
    readonly at: string;
    readonly by: { readonly name: string; readonly unitName?: string };
  }[];
}

/** What a patient reads right now. */
export async function overviewOf(service: TestApp, citizen: string): Promise<OverviewTold> {
  return ok(await service.as(citizen).get<OverviewTold>('/v1/my/overview'));
}

/** The body of an answer that must be a success. */
export function ok<T>({ status, body, text }: Answer<T>): T {
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return body;
}
