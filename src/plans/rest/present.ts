import { presentOwned } from '../../http/owned-answer.ts';
import { publicId, publicPatientId, type ThingId } from '../../shared/ids.ts';
import type { ContributionKind, ContributionsByKind, InPlan, WhomToCall } from '../domain/model.ts';
import { isUnsigned } from '../domain/signing.ts';
import { publicParty } from './public-ids.ts';

type Presenters = { readonly [K in ContributionKind]: (thing: ContributionsByKind[K]) => Record<string, unknown> };

/**
 * The thing with its ids made public: one copy, since taking fields out of an object and putting two together cost more
 * than all else that is done to a plan for its answer.
 */
function inPlan<T extends InPlan>(thing: T) {
  const { patientId } = thing;
  const id = (key: ThingId | undefined) => (key === undefined ? undefined : publicId(patientId, key));
  const shown: Record<string, unknown> = {
    ...thing,
    patientId: undefined,
    id: publicId(patientId, thing.id),
    planId: publicId(patientId, thing.planId),
    enteredInError: thing.enteredInError || undefined,
  };
  return { id, patientId, shown };
}

/** Each kind's own fields, with the keys of other things made public. */
const PRESENT: Presenters = {
  plan: (plan) => {
    const { patientId, id: _id, partOf, replaces, replacedBy, ...content } = plan;
    const id = (key: ThingId | undefined) => (key === undefined ? undefined : publicId(patientId, key));
    return {
      ...content,
      ...presentOwned(plan),
      patientId: publicPatientId(patientId),
      partOf: id(partOf),
      replaces: id(replaces),
      replacedBy: id(replacedBy),
    };
  },
  'what-matters': plain,
  goal: plain,
  'named-contact': plain,
  participant: (thing) => {
    const { shown, patientId } = inPlan(thing);
    return { ...shown, party: publicParty(patientId, thing.party) };
  },
  step: (thing) => {
    const { shown, patientId, id } = inPlan(thing);
    const { contact, proposal } = thing;
    shown.responsibleParty = publicParty(patientId, thing.responsibleParty);
    shown.predecessors = thing.predecessors.map((key) => publicId(patientId, key));
    if (contact) shown.contact = { ...contact, namedContactId: id(contact.namedContactId) };
    if (proposal) {
      const proposed = proposal.changes.responsibleParty as Parameters<typeof publicParty>[1] | undefined;
      const responsibleParty = proposed && publicParty(patientId, proposed);
      const changes = { ...proposal.changes, ...(responsibleParty && { responsibleParty }) };
      shown.proposal = { ...proposal, changes };
    }
    return shown;
  },
  report: (thing) => {
    const { shown, id } = inPlan(thing);
    return { ...shown, stepId: id(thing.stepId) };
  },
  'self-care-assessment': (thing) => {
    const { shown, id } = inPlan(thing);
    return { ...shown, stepId: id(thing.stepId) };
  },
  commitment: (thing) => {
    const { shown, patientId } = inPlan(thing);
    return { ...shown, by: publicParty(patientId, thing.by), to: publicParty(patientId, thing.to) };
  },
  'safety-net-item': (thing) => {
    const { shown, patientId } = inPlan(thing);
    const whom = (call: WhomToCall | undefined) =>
      call && 'namedContactId' in call ? { namedContactId: publicId(patientId, call.namedContactId) } : call;
    return {
      ...shown,
      call: thing.call && { day: whom(thing.call.day), night: whom(thing.call.night) },
    };
  },
  'agreement-version': (thing) => {
    const { shown, patientId } = inPlan(thing);
    const parts = thing.parts.map((part) => ({
      ...part,
      id: publicId(patientId, part.id),
      party: publicParty(patientId, part.party),
    }));
    return { ...shown, parts };
  },
  'agreement-act': (thing) => {
    const { shown, patientId } = inPlan(thing);
    const against = thing.against?.map((key) => publicId(patientId, key));
    return { ...shown, party: publicParty(patientId, thing.party), against };
  },
  receipt: plain,
  'follow-up': plain,
  link: plain,
  remark: (thing) => {
    const { shown, id } = inPlan(thing);
    return { ...shown, aboutId: id(thing.aboutId), answers: id(thing.answers) };
  },
  handover: (thing) => {
    const { shown, id } = inPlan(thing);
    return { ...shown, aboutId: id(thing.aboutId) };
  },
  feedback: (thing) => {
    const { shown, id } = inPlan(thing);
    return { ...shown, aboutId: id(thing.aboutId), answers: id(thing.answers) };
  },
};

function plain(thing: InPlan): Record<string, unknown> {
  return inPlan(thing).shown;
}

/** One thing as `/v1` shows it: public ids, and only what its reader was let see before. */
export function presentThing<K extends ContributionKind>(
  kind: K,
  thing: ContributionsByKind[K],
): Record<string, unknown> {
  const shown = PRESENT[kind](thing);
  return isUnsigned(thing) ? { ...shown, unsigned: true } : shown;
}
