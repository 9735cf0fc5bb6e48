import { presentOwned } from '../../http/owned-answer.ts';
import { publicId, publicPatientId, type ThingId } from '../../shared/ids.ts';
import type { ContributionKind, ContributionsByKind, InPlan, WhomToCall } from '../domain/model.ts';
import { publicParty } from './public-ids.ts';

type Presenters = { readonly [K in ContributionKind]: (thing: ContributionsByKind[K]) => Record<string, unknown> };

function inPlan<T extends InPlan>(thing: T) {
  const id = (key: ThingId | undefined) => (key === undefined ? undefined : publicId(thing.patientId, key));
  const { patientId, planId, id: _id, recordedBy: _r, changedBy: _c, ...content } = thing;
  const owned = presentOwned(thing);
  return { id, patientId, content, owned: { ...owned, planId: publicId(patientId, planId) } };
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
    const { content, owned, patientId } = inPlan(thing);
    return { ...content, ...owned, party: publicParty(patientId, thing.party) };
  },
  step: (thing) => {
    const { content, owned, patientId, id } = inPlan(thing);
    const changes = thing.proposal?.changes;
    const proposed = changes?.responsibleParty as Parameters<typeof publicParty>[1] | undefined;
    return {
      ...content,
      ...owned,
      responsibleParty: publicParty(patientId, thing.responsibleParty),
      predecessors: thing.predecessors.map((key) => publicId(patientId, key)),
      contact: thing.contact && { ...thing.contact, namedContactId: id(thing.contact.namedContactId) },
      proposal: thing.proposal && {
        ...thing.proposal,
        changes: { ...changes, ...(proposed ? { responsibleParty: publicParty(patientId, proposed) } : {}) },
      },
    };
  },
  report: (thing) => {
    const { content, owned, id } = inPlan(thing);
    return { ...content, ...owned, stepId: id(thing.stepId) };
  },
  'self-care-assessment': (thing) => {
    const { content, owned, id } = inPlan(thing);
    return { ...content, ...owned, stepId: id(thing.stepId) };
  },
  commitment: (thing) => {
    const { content, owned, patientId } = inPlan(thing);
    return { ...content, ...owned, by: publicParty(patientId, thing.by), to: publicParty(patientId, thing.to) };
  },
  'safety-net-item': (thing) => {
    const { content, owned, patientId } = inPlan(thing);
    const whom = (call: WhomToCall | undefined) =>
      call && 'namedContactId' in call ? { namedContactId: publicId(patientId, call.namedContactId) } : call;
    return {
      ...content,
      ...owned,
      call: thing.call && { day: whom(thing.call.day), night: whom(thing.call.night) },
    };
  },
  'agreement-version': (thing) => {
    const { content, owned, patientId } = inPlan(thing);
    const parts = thing.parts.map((part) => ({
      ...part,
      id: publicId(patientId, part.id),
      party: publicParty(patientId, part.party),
    }));
    return { ...content, ...owned, parts };
  },
  'agreement-act': (thing) => {
    const { content, owned, patientId } = inPlan(thing);
    const against = thing.against?.map((key) => publicId(patientId, key));
    return { ...content, ...owned, party: publicParty(patientId, thing.party), against };
  },
  receipt: plain,
  'follow-up': plain,
  link: plain,
  remark: (thing) => {
    const { content, owned, id } = inPlan(thing);
    return { ...content, ...owned, aboutId: id(thing.aboutId), answers: id(thing.answers) };
  },
};

function plain(thing: InPlan): Record<string, unknown> {
  const { content, owned } = inPlan(thing);
  return { ...content, ...owned };
}

/** One thing as `/v1` shows it: public ids, and only what its reader was let see before. */
export function presentThing<K extends ContributionKind>(
  kind: K,
  thing: ContributionsByKind[K],
): Record<string, unknown> {
  return PRESENT[kind](thing);
}
