import { fieldCopy } from '../../http/answer-shape.ts';
import { presentOwned } from '../../http/owned-answer.ts';
import { publicId, publicPatientId, type ThingId } from '../../shared/ids.ts';
import type { Contribution, ContributionKind, ContributionsByKind, InPlan, WhomToCall } from '../domain/model.ts';
import { isUnsigned } from '../domain/signing.ts';
import { ANSWERS } from './answers.ts';
import { publicParty } from './public-ids.ts';

type Shown = Record<string, unknown>;

/** Makes the keys in a thing's copy public. */
type Presenters = { readonly [K in ContributionKind]: (thing: ContributionsByKind[K], shown: Shown) => void };

/** What every thing in a plan has; returns what makes keys of other things of the same person public. */
function inPlan(thing: InPlan, shown: Shown) {
  const { patientId } = thing;
  if (shown.patientId !== undefined) shown.patientId = undefined;
  shown.id = publicId(patientId, thing.id);
  shown.planId = publicId(patientId, thing.planId);
  shown.enteredInError = thing.enteredInError || undefined;
  return (key: ThingId | undefined) => (key === undefined ? undefined : publicId(patientId, key));
}

/** Each kind's own fields, with the keys of other things made public. */
const PRESENT: Presenters = {
  plan: (plan, shown) => {
    const { patientId } = plan;
    const id = (key: ThingId | undefined) => (key === undefined ? undefined : publicId(patientId, key));
    Object.assign(shown, presentOwned(plan));
    shown.patientId = publicPatientId(patientId);
    shown.partOf = id(plan.partOf);
    shown.replaces = id(plan.replaces);
    shown.replacedBy = id(plan.replacedBy);
  },
  'what-matters': inPlan,
  goal: inPlan,
  'named-contact': inPlan,
  participant: (thing, shown) => {
    inPlan(thing, shown);
    shown.party = publicParty(thing.patientId, thing.party);
  },
  step: (thing, shown) => {
    const id = inPlan(thing, shown);
    const { patientId, contact, proposal } = thing;
    shown.responsibleParty = publicParty(patientId, thing.responsibleParty);
    shown.predecessors = thing.predecessors.map((key) => publicId(patientId, key));
    if (contact) shown.contact = { ...contact, namedContactId: id(contact.namedContactId) };
    if (proposal) {
      const proposed = proposal.changes.responsibleParty as Parameters<typeof publicParty>[1] | undefined;
      const responsibleParty = proposed && publicParty(patientId, proposed);
      const changes = { ...proposal.changes, ...(responsibleParty && { responsibleParty }) };
      shown.proposal = { ...proposal, changes };
    }
  },
  report: (thing, shown) => {
    shown.stepId = inPlan(thing, shown)(thing.stepId);
  },
  'self-care-assessment': (thing, shown) => {
    shown.stepId = inPlan(thing, shown)(thing.stepId);
  },
  commitment: (thing, shown) => {
    inPlan(thing, shown);
    shown.by = publicParty(thing.patientId, thing.by);
    shown.to = publicParty(thing.patientId, thing.to);
  },
  'safety-net-item': (thing, shown) => {
    inPlan(thing, shown);
    const whom = (call: WhomToCall | undefined) =>
      call && 'namedContactId' in call ? { namedContactId: publicId(thing.patientId, call.namedContactId) } : call;
    shown.call = thing.call && { day: whom(thing.call.day), night: whom(thing.call.night) };
  },
  'agreement-version': (thing, shown) => {
    inPlan(thing, shown);
    const { patientId } = thing;
    shown.parts = thing.parts.map((part) => ({
      ...part,
      id: publicId(patientId, part.id),
      party: publicParty(patientId, part.party),
    }));
  },
  'agreement-act': (thing, shown) => {
    inPlan(thing, shown);
    shown.party = publicParty(thing.patientId, thing.party);
    shown.against = thing.against?.map((key) => publicId(thing.patientId, key));
  },
  receipt: inPlan,
  'follow-up': inPlan,
  link: inPlan,
  remark: aboutAnother,
  handover: (thing, shown) => {
    shown.aboutId = inPlan(thing, shown)(thing.aboutId);
  },
  feedback: aboutAnother,
};

function aboutAnother(thing: InPlan & { readonly aboutId?: ThingId; readonly answers?: ThingId }, shown: Shown): void {
  const id = inPlan(thing, shown);
  shown.aboutId = id(thing.aboutId);
  shown.answers = id(thing.answers);
}

/** One thing as `/v1` shows it: public ids, and only what its reader was let see before. */
export function presentThing<K extends ContributionKind>(kind: K, thing: ContributionsByKind[K]): Shown {
  return filledIn(kind, thing, { ...thing });
}

const COPIES = Object.fromEntries(
  Object.entries(ANSWERS).map(([kind, schema]) => [kind, fieldCopy(schema)]),
) as Readonly<Record<ContributionKind, (thing: Contribution) => Shown>>;

/** As {@link presentThing}, for an answer that is shaped by the kind's own schema: only its fields, at less cost. */
export function presentForAnswer<K extends ContributionKind>(kind: K, thing: ContributionsByKind[K]): Shown {
  return filledIn(kind, thing, COPIES[kind](thing));
}

function filledIn<K extends ContributionKind>(kind: K, thing: ContributionsByKind[K], shown: Shown): Shown {
  PRESENT[kind](thing, shown);
  if (isUnsigned(thing)) shown.unsigned = true;
  return shown;
}
