import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactTeam } from '../../../src/fhir/mapping/care-team.ts';
import { communicationFrom } from '../../../src/fhir/mapping/communication.ts';
import { goalFrom, whatMattersFrom } from '../../../src/fhir/mapping/goal.ts';
import { contactFields } from '../../../src/fhir/mapping/in/care-team.ts';
import { commitmentFields } from '../../../src/fhir/mapping/in/commitment.ts';
import { remarkFields } from '../../../src/fhir/mapping/in/communication.ts';
import { goalFields, goalState, whatMattersFields } from '../../../src/fhir/mapping/in/goal.ts';
import { LOST, LOST_OF_ALL } from '../../../src/fhir/mapping/in/lost.ts';
import { extensionOf, idIn } from '../../../src/fhir/mapping/in/parts.ts';
import { stepFields } from '../../../src/fhir/mapping/in/task.ts';
import { COMMITMENT_TASK_STATUS, NEEDS_REASON, TASK_STATUS } from '../../../src/fhir/mapping/states.ts';
import { taskFrom } from '../../../src/fhir/mapping/task.ts';
import { commitmentTask } from '../../../src/fhir/mapping/task-commitment.ts';
import type { FhirView } from '../../../src/fhir/mapping/view.ts';
import type { PlanContext } from '../../../src/plans/domain/context.ts';
import type {
  Commitment,
  Goal,
  NamedContact,
  Owned,
  PlanContent,
  Remark,
  Step,
  WhatMatters,
} from '../../../src/plans/domain/model.ts';
import { SIZES } from '../../support/sizes.ts';
import { id, tst } from '../plans/plan-builder.ts';
import { lived } from './generated-plans.ts';
import { maximalPlan } from './maximal-plan.ts';
import { keyIn, lostOf, ownedBack, partyBack, proposalBack, stateBack, type ToldBack, unitBack } from './told-back.ts';
import { viewsOf } from './views.ts';

const AT = '2026-11-21T10:00:00.000Z';
const sent = <T>(resource: T): T => JSON.parse(JSON.stringify(resource)) as T;

function stepBack(view: FhirView, step: Step): ToldBack {
  const without = { ...view, plan: { ...view.plan, content: { ...view.plan.content, report: [] } } };
  const task = sent(taskFrom(without, step));
  const fields = stepFields(task, view.urls);
  const extension = (name: Parameters<FhirView['urls']['extension']>[0]) =>
    extensionOf(task, view.urls.extension(name));
  const method = extension('answer-method')?.valueCode;
  return {
    ...ownedBack(task, view),
    ...fields,
    predecessors: (fields.predecessors as string[] | undefined)?.map(keyIn),
    responsibleParty: partyBack(task.owner),
    responsibleNow: unitBack(extension('responsible-now')?.valueReference),
    state: stateBack(task, view),
    reason: task.statusReason?.text,
    proposal: proposalBack(task, view),
    ...(method !== undefined && { answeredBy: { method } }),
  };
}

function commitmentBack(view: FhirView, promise: Commitment): ToldBack {
  const task = sent(commitmentTask(view, promise));
  return {
    ...ownedBack(task, view),
    ...commitmentFields(task),
    by: partyBack(task.owner),
    to: partyBack(task.requester),
    state: stateBack(task, view),
    proposal: proposalBack(task, view),
    judged: { why: task.statusReason?.text },
  };
}

function goalBack(view: FhirView, goal: Goal): ToldBack {
  const resource = sent(goalFrom(view, goal));
  return {
    ...ownedBack(resource, view),
    ...goalFields(resource),
    state: goalState(resource),
    whose: resource.expressedBy?.reference?.startsWith('Patient/') ? 'patient' : 'professional',
    proposal: proposalBack(resource, view),
  };
}

function whatMattersBack(view: FhirView, said: WhatMatters): ToldBack {
  const resource = sent(whatMattersFrom(view, said));
  return { ...ownedBack(resource, view), ...whatMattersFields(resource) };
}

function contactBack(view: FhirView, contact: NamedContact): ToldBack {
  const team = sent(contactTeam(view, contact));
  const state = extensionOf(team, view.urls.extension('participant-state'))?.valueCode;
  return { ...ownedBack(team, view), ...contactFields(team), state };
}

function remarkBack(view: FhirView, remark: Remark): ToldBack {
  const resource = sent(communicationFrom(view, remark));
  const [about] = resource.about ?? [];
  const aboutId = idIn(about, 'Task') ?? idIn(about, 'Goal') ?? idIn(about, 'CarePlan');
  return {
    ...ownedBack(resource, view),
    ...remarkFields(resource, { urls: view.urls }),
    aboutId: keyIn(aboutId),
    answers: keyIn(idIn(resource.inResponseTo?.[0], 'Communication')),
  };
}

const BACK = {
  step: stepBack,
  commitment: commitmentBack,
  goal: goalBack,
  'what-matters': whatMattersBack,
  'named-contact': contactBack,
  remark: remarkBack,
} as const;
type Kind = keyof typeof BACK;

/** What stands after the colon in the list, as a question to the thing and the path in it. */
const WHEN: Readonly<Record<string, (thing: never, path: string, view: FhirView) => boolean>> = {
  'same-as-title': ({ title, patientText }: Step) => title === patientText,
  'where-none-is-asked-for': (thing: Step | Commitment) =>
    !NEEDS_REASON.has('predecessors' in thing ? TASK_STATUS[thing.state] : COMMITMENT_TASK_STATUS[thing.state]),
  'by-and-when': (_thing, path) => path !== 'answeredBy.method' && path !== 'judged.why',
  content: (_thing, path) => path !== 'proposal.agreementVersion',
  'when-protected': ({ person }: NamedContact, _path, view) =>
    person?.staff !== undefined && view.context.staff?.get(person.staff)?.protectedIdentity === true,
  'ended-before-it': ({ from, to }: NamedContact) => from !== undefined && to !== undefined && to < from,
  'but-the-unit': (_thing, path) => path !== 'recordedBy.unit',
  'where-there-is-no-place': (thing: Owned) => !('predecessors' in thing || 'due' in thing || 'what' in thing),
};

/** The entry of the list that says that this is lost. */
function namedIn(list: readonly string[], thing: Owned, path: string, view: FhirView): string | undefined {
  return list.find((entry) => {
    const [named = '', when] = entry.split(':');
    const covers = path === named || path.startsWith(`${named}.`);
    return covers && (when === undefined || WHEN[when]!(thing as never, path, view));
  });
}

const BY = { kind: 'staff', staff: tst('P2'), name: 'Tove Testrup', unit: tst('0201'), why: 'Skäl' } as const;
const SIGNED = { signedBy: tst('P2'), signedAt: AT };
const PROPOSAL = { agreementVersion: 2, changes: { text: 'Annat' }, at: AT, by: BY };

/** What is wrong is marked so in both ways. */
const consistent = <T extends { readonly state: string }>(one: T): T => ({
  ...one,
  enteredInError: one.state === 'entered-in-error',
});

/** The plan with everything in it, and what no command leaves beside it. */
function everything(): PlanContent {
  const plan = maximalPlan();
  const [contact] = plan['named-contact'];
  return {
    ...plan,
    step: plan.step.map((one, n) => ({
      ...{ ...one, ...SIGNED, contact: { unit: tst('0201') }, supportUnit: tst('0302'), stateBefore: 'agreed' },
      ...{ deputy: { name: 'Ersättare' }, needsFromPrevious: 'Provsvar', reason: 'Skäl' },
      ...{ factsChanged: { at: AT, fields: ['time'] }, answeredBy: { ...BY, at: AT, method: 'oral' } },
      ...{
        proposal: { ...PROPOSAL, changes: { title: 'Annat' } },
        endedByDeath: { from: 'agreed' },
        askedAt: one.createdAt,
      },
      ...{ madeByDeath: true, patientText: n % 3 === 1 ? one.title : one.patientText },
      way: { kind: 'visit', place: 'Provgatan 1', careLevel: 'Specialistvård' },
    })),
    commitment: plan.commitment.map((one) => ({
      ...{
        ...consistent(one),
        judged: { at: AT, by: BY, why: 'Skäl' },
        answeredBy: { ...BY, at: AT },
        proposal: PROPOSAL,
      },
    })),
    goal: plan.goal.map((one) => ({ ...consistent(one), proposal: PROPOSAL })),
    remark: plan.remark.map((one) => (one.what === 'answer' ? { ...one, answers: id(4981) } : one)),
    'named-contact': [
      ...plan['named-contact'].map((one) => ({
        ...{ ...consistent(one), basis: 'need', designatedBy: { unit: tst('0201') }, isPrimary: true },
        ...(one.person ? {} : { roleName: 'Sjuksköterska' }),
      })),
      { ...contact!, id: id(3900), from: '2026-11-25', to: '2026-11-20' },
    ],
  } as unknown as PlanContent;
}

/** Staff with protected identity: the one who is named in the plan with everything in it. */
const STAFF = new Map([[tst('P1'), { protectedIdentity: true }]]) as unknown as PlanContext['staff'];

/** What is lost of a record and stands in no list, and which entries of the lists something was lost by. */
function tellAndRead(content: PlanContent, used: Set<string>): string[] {
  const unnamed: string[] = [];
  for (const view of viewsOf(content, 'staff', AT, { staff: STAFF })) {
    for (const kind of Object.keys(BACK) as Kind[]) {
      for (const thing of view.plan.content[kind] as readonly Owned[]) {
        for (const path of lostOf(thing, BACK[kind](view, thing as never))) {
          const ofAll = namedIn(LOST_OF_ALL, thing, path, view);
          const own = namedIn(LOST[kind]!, thing, path, view);
          if (ofAll !== undefined) used.add(ofAll);
          else if (own !== undefined) used.add(`${kind} ${own}`);
          else unnamed.push(`${kind} ${path}`);
        }
      }
    }
  }
  return unnamed;
}

describe('the list of what is lost between us and FHIR', () => {
  it('names everything that is lost, and nothing that is not', () => {
    const used = new Set<string>();
    expect(new Set(tellAndRead(everything(), used))).toEqual(new Set());
    fc.assert(
      fc.property(lived, (content) => {
        expect(new Set(tellAndRead(content, used))).toEqual(new Set());
      }),
      { numRuns: SIZES.fhirPlans },
    );
    const listed = Object.entries(LOST).flatMap(([kind, entries]) => entries.map((entry) => `${kind} ${entry}`));
    expect([...used].toSorted()).toEqual([...listed, ...LOST_OF_ALL].toSorted());
  }, 300_000);
});
