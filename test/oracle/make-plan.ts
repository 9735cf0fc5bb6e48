import type { Dice } from './dice.ts';
import { before, DAY, some } from './make-times.ts';
import { OPEN_UNITS, placeOf, principalOf, providerOf, tst } from './places.ts';
import type { PlanOf, Thing, Who } from './world.ts';

/** What the things of one plan are made with. */
interface Setting {
  readonly dice: Dice;
  readonly pivot: number;
  /** Units that take part or write, each as often as it is in the list. */
  readonly around: readonly string[];
  readonly related: readonly string[];
}

/** Most plans are about region, home care and home help; any other unit may be near. */
const NEAR: readonly (readonly [number, string])[] = [
  [5, tst('XA1')],
  [3, tst('XA2')],
  [5, tst('XK1')],
  [8, tst('XO1')],
  [2, tst('XK3')],
  [2, tst('XO3')],
  [2, tst('XP1')],
  [2, tst('XS1')],
  [5, tst('XO2')],
  [1, tst('XK2')],
  [1, tst('XN1')],
  [1, tst('XM1')],
];

function basisOf(dice: Dice, unit: string): Thing['basis'] {
  if (providerOf(unit).kind === 'care') return 'HSL';
  return placeOf(unit).area === 'disability' && dice.chance(0.5) ? 'LSS' : 'SoL';
}

function owned({ dice, pivot }: Setting, owner: string): Omit<Thing, 'kind' | 'clinical'> {
  // Not on the minute: which of two acts came first is not left to chance.
  const writtenAt = before(dice, pivot) - dice.between(1, 3_600_000);
  const changedAt = dice.chance(0.6) ? writtenAt : Math.min(writtenAt + dice.pick([DAY / 2, DAY, 29 * DAY]), pivot - 1);
  return {
    id: dice.uuid(),
    owner,
    by: dice.chance(0.9) ? 'staff' : 'patient',
    basis: basisOf(dice, owner),
    approved: dice.chance(0.75),
    signed: dice.chance(0.45),
    mistaken: dice.chance(0.06),
    writtenAt,
    changedAt,
    revision: changedAt === writtenAt ? 1 : dice.between(2, 3),
  };
}

function someone({ dice, around, related }: Setting): Who {
  return dice.weighted<Who>([
    [6, { unit: dice.pick(around) }],
    [1, { unit: dice.pick(OPEN_UNITS) }],
    [1, 'patient'],
    [1, related.length > 0 ? { related: dice.pick(related) } : 'patient'],
    [0.3, 'nobody-here'],
  ]);
}

const STEP_STATES = [
  'proposed',
  'agreed',
  'booked',
  'in-progress',
  'done',
  'declined',
  'cancelled',
  'on-hold',
  'wished',
];
const PROMISES = ['proposed', 'accepted', 'kept', 'broken', 'released'];
const CONTACTS = ['requested', 'offered', 'designated', 'designated', 'declined', 'ended'];

/** What a thing holds beside its ownership. */
type Content = Pick<
  Thing,
  'kind' | 'clinical' | 'state' | 'party' | 'to' | 'unit' | 'support' | 'done' | 'about' | 'parts'
>;
type Make = (setting: Setting, earlier: readonly Thing[]) => Content | undefined;

const writerOr = ({ dice, around }: Setting) => dice.pick(around);

const MAKE: { readonly [K in Thing['kind']]: Make } = {
  'what-matters': () => ({ kind: 'what-matters', clinical: false }),
  goal: () => ({ kind: 'goal', clinical: true, state: 'active' }),
  'named-contact': (s) => ({ kind: 'named-contact', clinical: false, state: s.dice.pick(CONTACTS), unit: writerOr(s) }),
  participant: (s) => ({
    kind: 'participant',
    clinical: false,
    state: s.dice.weighted([
      [2, 'invited'],
      [6, 'accepted'],
      [1.5, 'left'],
      [1.5, 'declined'],
    ] as const),
    party: someone(s),
  }),
  step: (s) => ({
    kind: 'step',
    clinical: true,
    state: s.dice.pick(STEP_STATES),
    party: someone(s),
    unit: writerOr(s),
    ...(s.dice.chance(0.15) ? { support: writerOr(s) } : {}),
  }),
  report: (s, earlier) => about('report', s, earlier, ['step'], true),
  'self-care-assessment': (s, earlier) => about('self-care-assessment', s, earlier, ['step'], false),
  commitment: (s) => ({
    kind: 'commitment',
    clinical: false,
    state: s.dice.pick(PROMISES),
    party: someone(s),
    to: s.dice.chance(0.7) ? 'patient' : someone(s),
  }),
  'safety-net-item': () => ({ kind: 'safety-net-item', clinical: false }),
  'agreement-version': (s, earlier) => {
    const of = earlier.filter(({ kind }) => kind === 'step' || kind === 'commitment' || kind === 'goal');
    const parts = s.dice
      .some(of, 0.5)
      .map(({ id, kind, party, owner }) => ({ id, kind: kind as 'step', party: party ?? { unit: owner } }));
    return { kind: 'agreement-version', clinical: false, state: 'proposed', parts };
  },
  'agreement-act': (s) => ({ kind: 'agreement-act', clinical: false, party: someone(s) }),
  receipt: () => ({ kind: 'receipt', clinical: false }),
  'follow-up': (s) => ({ kind: 'follow-up', clinical: false, unit: writerOr(s), done: s.dice.chance(0.3) }),
  link: () => ({ kind: 'link', clinical: false }),
  remark: (s, earlier) =>
    s.dice.chance(0.5)
      ? { kind: 'remark', clinical: false }
      : about('remark', s, earlier, ['step', 'commitment', 'goal'], false),
};

function about(
  kind: 'report' | 'self-care-assessment' | 'remark',
  { dice }: Setting,
  earlier: readonly Thing[],
  of: readonly string[],
  clinical: boolean,
): ReturnType<Make> {
  const possible = earlier.filter((thing) => of.includes(thing.kind));
  return possible.length === 0 ? undefined : { kind, clinical, about: dice.pick(possible).id };
}

const KINDS = Object.keys(MAKE) as readonly Thing['kind'][];

function makeThings(setting: Setting): Thing[] {
  const { dice, around } = setting;
  const things: Thing[] = [];
  const wanted = [
    ...KINDS.filter(() => dice.chance(0.35)),
    ...dice.times(dice.between(2, 5), () =>
      dice.pick(['participant', 'participant', 'step', 'step', 'commitment'] as const),
    ),
  ];
  for (const kind of wanted.sort((a, b) => KINDS.indexOf(a) - KINDS.indexOf(b))) {
    if (kind === 'agreement-version' && things.some((thing) => thing.kind === kind)) continue;
    const made = MAKE[kind](setting, things);
    if (made) things.push({ ...owned(setting, dice.pick(around)), ...made } as Thing);
  }
  return things;
}

/** One plan with something of most kinds, written by several owners. */
export function makePlan(dice: Dice, pivot: number, related: readonly string[], isLeadTaken: boolean): PlanOf {
  const around = [...new Set(dice.times(dice.between(2, 5), () => dice.weighted(NEAR)))];
  const setting = { dice, pivot, around, related };
  const creator = dice.pick(around);
  const lead = dice.chance(0.7) ? creator : dice.pick(around);
  const kind = dice.weighted([
    [3, 'SIP'],
    [3, 'SPU'],
    [1, 'VP'],
    [1, 'HP'],
    [1, 'GP'],
    [1, 'OVERENSKOMMELSE'],
  ] as const);
  const isLead = kind === 'SIP' || kind === 'OVERENSKOMMELSE';
  const status = dice.weighted([
    [isLead && isLeadTaken ? 0 : 5, 'active'],
    [2, 'proposed'],
    [1, 'on-hold'],
    [1, 'completed'],
    [0.5, 'draft'],
    [0.3, 'declined'],
    [0.3, 'entered-in-error'],
  ] as const);
  const header = { ...owned(setting, lead), by: 'staff' as const, clinical: false };
  const leadPrincipal = dice.chance(0.4) ? { leadPrincipal: principalOf(dice.pick(around)).id } : {};
  return { id: header.id, kind, status, creator, lead, ...leadPrincipal, header, things: makeThings(setting) };
}

export { some };
