import type { ThingId } from '../../shared/ids.ts';
import {
  type Awaited,
  agreementInForce,
  awaitedFor,
  type PartStanding,
  STANDING_WORDS,
  type Standing,
  standingOfParts,
} from './agreement-standing.ts';
import { proposedVersionOf } from './agreement-versions.ts';
import { isShown } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import {
  type AgreementPart,
  type AgreementVersion,
  type ApprovalMethod,
  type Instant,
  LEAD_KINDS,
  type Plan,
  type PlanContent,
  SEVEN_STATEMENTS,
  type Statement,
} from './model.ts';
import { type WriterView, writerView } from './overview-people.ts';
import { type PartyView, partyView } from './party-view.ts';
import { latestAnswers, type Missing, patientkontrakt } from './receipt.ts';
import { whatOf } from './step-view.ts';

/** One part of the agreement: what, whose, and whether its party has said yes to it. */
export interface PartView {
  readonly kind: AgreementPart['kind'];
  readonly id: ThingId;
  readonly text: string;
  readonly party: PartyView;
  readonly standing: Standing;
  /** `bekräftat`, `inte bekräftat`, `reservation`. */
  readonly words: string;
  /** When and how the answer was given, and who recorded it. */
  readonly answer?: { readonly at: Instant; readonly method: ApprovalMethod; readonly recordedBy: WriterView };
  /** The words of a reservation. */
  readonly reservation?: string;
  /** In a proposed version: how it reads if the parties say yes; what is in force stands beside it. */
  readonly proposed?: Readonly<Record<string, unknown>>;
}

export interface VersionView {
  readonly version: number;
  readonly state: AgreementVersion['state'];
  readonly proposedAt: Instant;
  readonly agreedAt?: Instant;
  readonly parts: readonly PartView[];
}

/** The agreement of one plan: the version in force, and beside it the proposed one until it is answered. */
export interface AgreementView {
  readonly planId: ThingId;
  readonly agreed?: VersionView;
  readonly proposed?: VersionView & {
    /** Who must still say yes before it is agreed. */
    readonly awaits: readonly Awaited[];
  };
}

/** "Mitt kvitto", and whether the plan is a patientkontrakt. */
export interface ReceiptView {
  readonly planId: ThingId;
  /** The version answered about: the one in force, else the proposed one. */
  readonly version?: number;
  readonly statements: readonly {
    readonly statement: Statement;
    readonly words: string;
    readonly patient?: boolean;
    readonly staff?: boolean;
  }[];
  readonly patientkontrakt: boolean;
  readonly missing: readonly Missing[];
}

/** The seven statements as they are put to the patient (docs/domain.md 5). */
export const STATEMENT_WORDS: Readonly<Record<'sv' | 'en', Readonly<Record<Statement, string>>>> = {
  sv: {
    safe: 'Jag känner mig trygg',
    clearWhoDoesWhat: 'Det är tydligt vad jag och mitt nätverk gör och vad vården och omsorgen gör',
    easyContact: 'Jag har lätt att ta kontakt',
    namedContact: 'Jag har en fast kontakt när jag behöver det',
    nextStepKnown: 'Jag vet mitt nästa steg, var det är och vem jag vänder mig till',
    canInfluenceTimes: 'Jag kan påverka mina bokade tider',
    helpedWithCoordination: 'Jag får hjälp med samordning',
  },
  en: {
    safe: 'I feel safe',
    clearWhoDoesWhat: 'It is clear what I and my network do and what care does',
    easyContact: 'I have easy ways to make contact',
    namedContact: 'I have a named contact when I need one',
    nextStepKnown: 'I know my next step, where it is and whom to turn to',
    canInfluenceTimes: 'I can influence my booked times',
    helpedWithCoordination: 'I get help with coordination',
  },
};

interface Named {
  readonly text: string;
  readonly proposed?: Readonly<Record<string, unknown>>;
}

/** What a part says, when the reader may see the thing that it names. */
function named(part: AgreementPart, content: PlanContent): Named | undefined {
  if (part.kind === 'step') {
    const step = content.step.find((one) => one.id === part.id && isShown(one));
    return step && { text: whatOf(step), ...(step.proposal && { proposed: step.proposal.changes }) };
  }
  const things = part.kind === 'goal' ? content.goal : content.commitment;
  const thing = things.find((one) => one.id === part.id && isShown(one));
  return thing && { text: thing.text, ...(thing.proposal && { proposed: thing.proposal.changes }) };
}

function partView(
  { part, standing, answer }: PartStanding,
  version: AgreementVersion,
  content: PlanContent,
  context: PlanContext,
): PartView[] {
  const thing = named(part, content);
  if (!thing) return [];
  const recorded = answer && {
    answer: { at: answer.givenAt, method: answer.method, recordedBy: writerView(answer.recordedBy, context) },
  };
  return [
    {
      kind: part.kind,
      id: part.id,
      text: thing.text,
      party: partyView(part.party, context),
      standing,
      words: STANDING_WORDS[standing][context.language],
      ...recorded,
      ...(standing === 'reserved' && answer?.text !== undefined && { reservation: answer.text }),
      ...(version.state === 'proposed' && thing.proposed && { proposed: thing.proposed }),
    },
  ];
}

function versionView(
  version: AgreementVersion,
  standings: readonly PartStanding[],
  content: PlanContent,
  context: PlanContext,
): VersionView {
  return {
    version: version.version,
    state: version.state,
    proposedAt: version.proposedAt,
    ...(version.agreedAt !== undefined && { agreedAt: version.agreedAt }),
    parts: standings.flatMap((standing) => partView(standing, version, content, context)),
  };
}

/** The agreement of a plan; undefined while none has been proposed. */
export function agreementView(plan: Plan, content: PlanContent, context: PlanContext): AgreementView | undefined {
  const hand = { plan, content };
  const inForce = agreementInForce(hand);
  const open = proposedVersionOf(hand);
  if (!inForce && !open) return undefined;
  const acts = content['agreement-act'].filter((act) => act.planId === plan.id);
  const versions = content['agreement-version'].filter((version) => version.planId === plan.id);
  return {
    planId: plan.id,
    ...(inForce && { agreed: versionView(inForce.version, inForce.parts, content, context) }),
    ...(open && {
      proposed: {
        ...versionView(open, standingOfParts(open, versions, acts), content, context),
        awaits: awaitedFor(open, acts, plan, context.units),
      },
    }),
  };
}

/** The receipt of the lead plan, else of the first plan; undefined without any plan. */
export function receiptView(
  plans: readonly Plan[],
  content: PlanContent,
  context: PlanContext,
): ReceiptView | undefined {
  const plan = plans.find((one) => LEAD_KINDS.includes(one.kind)) ?? plans[0];
  if (!plan) return undefined;
  const hand = { plan, content };
  const version = agreementInForce(hand)?.version.version ?? proposedVersionOf(hand)?.version;
  const receipts = content.receipt.filter((one) => one.planId === plan.id);
  const answers = (side: 'patient' | 'staff') => (version === undefined ? {} : latestAnswers(receipts, version, side));
  const [patient, staff] = [answers('patient'), answers('staff')];
  return {
    planId: plan.id,
    ...(version !== undefined && { version }),
    statements: SEVEN_STATEMENTS.map((statement) => ({
      statement,
      words: STATEMENT_WORDS[context.language][statement],
      ...(patient[statement] !== undefined && { patient: patient[statement] }),
      ...(staff[statement] !== undefined && { staff: staff[statement] }),
    })),
    ...patientkontrakt(hand),
  };
}
