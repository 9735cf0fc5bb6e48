import { externalIdTaken } from '../problems.ts';
import { changeCommitment } from './commitment-commands.ts';
import type { Act, Change } from './contribution.ts';
import { changeFollowUp } from './follow-up.ts';
import { changeGoal } from './goal-commands.ts';
import { changeLink } from './link.ts';
import type { ContributionKind, ContributionsByKind, ExternalId } from './model.ts';
import { changeNamedContact } from './named-contact-commands.ts';
import { changeParticipantRole } from './participant-commands.ts';
import { changeHeader } from './plan-header.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';
import { changeSafetyNetItem } from './safety-net.ts';
import { isSame, picked } from './same.ts';
import { changeAssessment } from './self-care.ts';
import { changeStep } from './step-change.ts';
import { changeWhatMatters } from './what-matters.ts';

type SentAgain<K extends ContributionKind> = (
  hand: PlanInHand,
  known: ContributionsByKind[K],
  sent: Partial<ContributionsByKind[K]>,
  act: Act,
) => Change[];

const WORDS = ['text', 'ownResources', 'approvedForPatient'] as const;
const GOAL = ['text', 'clinicalText', 'targetOn', 'approvedForPatient'] as const;
const CONTACT = ['person', 'roleName', 'from', 'to', 'away', 'deputy', 'basis', 'approvedForPatient'] as const;
const PROMISE = ['text', 'due', 'order', 'approvedForPatient'] as const;
const SIGN = ['level', 'sign', 'advice', 'call', 'order', 'approvedForPatient'] as const;
/** Not whose it is: that passes by handover, and a source system may not know of it. */
const FOLLOW_UP = ['plannedOn', 'approvedForPatient'] as const;
const LINK = ['to', 'title', 'url', 'reference', 'approvedForPatient'] as const;
const ASSESSMENT = ['assessor', 'assessedOn', 'reviewOn', 'helpNeeded', 'ifItFails', 'approvedForPatient'] as const;
const HEADER = [
  'kind',
  'title',
  'purpose',
  'language',
  'periodFrom',
  'periodTo',
  'planningLead',
  'leadPrincipal',
  'convener',
  'noMeasuresByOthers',
  'approvedForPatient',
] as const;
const STEP = [
  'title',
  'patientText',
  'clinicalText',
  'purpose',
  'healthMeasure',
  'way',
  'contact',
  'responsibleParty',
  'supportUnit',
  'time',
  'agreedLatest',
  'condition',
  'performer',
  'deputy',
  'predecessors',
  'needsFromPrevious',
  'order',
  'approvedForPatient',
] as const;

/**
 * What sending a thing that a source system knows again does, by kind: it brings the thing up to date by the rule of its
 * change, and never makes another (docs/domain.md 2, `externalId`). What is left out is left as it is. States move by their
 * own acts alone, and what has been said is not reworded.
 *
 * @throws what the rule of the change throws; external-id-taken (409) for other words under the id of a remark
 */
export const SENT_AGAIN: { readonly [K in ContributionKind]?: SentAgain<K> } = {
  plan: (hand, _plan, sent, act) => changeHeader(hand, picked(sent, HEADER), act),
  'what-matters': (hand, known, sent, act) => changeWhatMatters(hand, known, picked(sent, WORDS), act),
  goal: (hand, known, sent, act) => changeGoal(hand, known, picked(sent, GOAL), act),
  step: (hand, known, sent, act) => changeStep(hand, known, picked(sent, STEP), act),
  'named-contact': (hand, known, sent, act) => changeNamedContact(hand, known, picked(sent, CONTACT), act),
  participant: (hand, known, { role = known.role }, act) => changeParticipantRole(hand, known, role, act),
  commitment: (hand, known, sent, act) => changeCommitment(hand, known, picked(sent, PROMISE), act),
  'safety-net-item': (hand, known, sent, act) => changeSafetyNetItem(hand, known, picked(sent, SIGN), act),
  'follow-up': (hand, known, sent, act) => changeFollowUp(hand, known, picked(sent, FOLLOW_UP), act),
  link: (hand, known, sent, act) => changeLink(hand, known, picked(sent, LINK), act),
  'self-care-assessment': (hand, known, sent, act) => changeAssessment(hand, known, picked(sent, ASSESSMENT), act),
  remark: (_hand, known, sent) => {
    if (known.text !== sent.text) throw externalIdTaken();
    return [];
  },
};

/** The thing of a plan that the acting provider's source system knows by this id. */
export function knownByExternalId<K extends Exclude<ContributionKind, 'plan'>>(
  hand: PlanInHand,
  kind: K,
  externalId: ExternalId,
  act: Act,
): ContributionsByKind[K] | undefined {
  const own = ({ recordedBy }: ContributionsByKind[K]) => recordedBy.provider === act.owner.provider;
  return inPlan(hand, kind).find((thing) => own(thing) && isSame(thing.externalId, externalId));
}
