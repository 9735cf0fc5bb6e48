import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { contactTeam } from '../../../src/fhir/mapping/care-team.ts';
import { communicationFrom } from '../../../src/fhir/mapping/communication.ts';
import { goalFrom, whatMattersFrom } from '../../../src/fhir/mapping/goal.ts';
import { contactFields } from '../../../src/fhir/mapping/in/care-team.ts';
import { commitmentFields } from '../../../src/fhir/mapping/in/commitment.ts';
import { remarkFields } from '../../../src/fhir/mapping/in/communication.ts';
import { goalFields, goalState, whatMattersFields } from '../../../src/fhir/mapping/in/goal.ts';
import { externalIdOf, isForPatient, partyOf, whoOf } from '../../../src/fhir/mapping/in/parts.ts';
import { STEP_STATE_OF, stepFields } from '../../../src/fhir/mapping/in/task.ts';
import { updating, WRITABLE, type Writable } from '../../../src/fhir/mapping/in/writable.ts';
import { allResources } from '../../../src/fhir/mapping/plan-resources.ts';
import { taskFrom } from '../../../src/fhir/mapping/task.ts';
import { commitmentTask } from '../../../src/fhir/mapping/task-commitment.ts';
import type { FhirView } from '../../../src/fhir/mapping/view.ts';
import type { Owned, Party, Step } from '../../../src/plans/domain/model.ts';
import { publicId } from '../../../src/shared/ids.ts';
import { SIZES } from '../../support/sizes.ts';
import { lived } from './generated-plans.ts';
import { viewsOf } from './views.ts';

const AT = '2026-11-21T10:00:00.000Z';
const tried = new Map<string, number>();

/** As it arrives: what is undefined is not there. */
const sent = <T>(resource: T): T => JSON.parse(JSON.stringify(resource)) as T;
const some = (fields: object) => JSON.parse(JSON.stringify(fields)) as object;
const text = (value: string | undefined) => (value?.trim() ? value : undefined);

/** A party as FHIR tells it: a unit by its HSA-id whatever its kind, somebody outside by name. */
function told(view: FhirView, party: Party) {
  if (party.kind === 'patient') return { kind: 'patient' };
  if (party.kind === 'relative')
    return {
      kind: 'relative',
      relatedPersonId: publicId(view.shards.get(party.relatedPersonId)!, party.relatedPersonId),
    };
  return party.unit === undefined
    ? { kind: 'other', name: party.kind === 'other' && party.name ? party.name : 'Annan' }
    : { kind: 'other', unit: party.unit };
}

function toldStep(view: FhirView, step: Step) {
  const { title, time, agreedLatest, way } = step;
  const patientText = text(step.patientText);
  return some({
    title,
    patientText: patientText === title ? undefined : patientText,
    clinicalText: text(step.clinicalText),
    way: way && { kind: way.kind },
    responsibleParty: told(view, step.responsibleParty),
    time,
    agreedLatest,
    condition: text(step.condition),
    predecessors: step.predecessors
      .filter((key) => view.shards.has(key))
      .map((key) => publicId(view.shards.get(key)!, key)),
  });
}

function expectOwned(
  thing: Owned,
  resource: fhir4.Task | fhir4.Goal | fhir4.CareTeam | fhir4.Communication,
  view: FhirView,
): void {
  expect(isForPatient(resource)).toBe(thing.approvedForPatient);
  expect(externalIdOf(resource.identifier, view.urls)).toEqual(thing.externalId);
  expect(resource.meta?.versionId).toBe(String(thing.revision));
}

function count(kind: string): void {
  tried.set(kind, (tried.get(kind) ?? 0) + 1);
}

describe('what is told in FHIR and read back', () => {
  it('is what it was, but for what the list of what is lost names', () => {
    fc.assert(
      fc.property(lived, (content) => {
        for (const view of viewsOf(content, 'staff', AT)) {
          const own = view.plan.content;
          for (const step of own.step) {
            const task = sent(taskFrom({ ...view, plan: { ...view.plan, content: { ...own, report: [] } } }, step));
            expect(stepFields(task, view.urls)).toEqual(toldStep(view, step));
            expect(STEP_STATE_OF[task.status]).toBe(step.state);
            expectOwned(step, task, view);
            count('step');
          }
          for (const promise of own.commitment) {
            const task = sent(commitmentTask(view, promise));
            expect(commitmentFields(task)).toEqual(some({ text: promise.text, due: promise.due }));
            expect(partyOf(whoOf(task.owner))).toEqual(told(view, promise.by));
            expect(partyOf(whoOf(task.requester))).toEqual(told(view, promise.to));
            expectOwned(promise, task, view);
            count('commitment');
          }
          for (const goal of own.goal) {
            const resource = sent(goalFrom(view, goal));
            const { targetOn } = goal;
            expect(goalFields(resource)).toEqual(
              some({ text: goal.text, clinicalText: text(goal.clinicalText), targetOn }),
            );
            expect(goalState(resource)).toBe(goal.state);
            expectOwned(goal, resource, view);
            count('goal');
          }
          for (const said of own['what-matters']) {
            const resource = sent(whatMattersFrom(view, said));
            expect(whatMattersFields(resource)).toEqual(
              some({ text: said.text, ownResources: text(said.ownResources) }),
            );
            expectOwned(said, resource, view);
            count('what-matters');
          }
          for (const contact of own['named-contact']) {
            const resource = sent(contactTeam(view, contact));
            const { role, unit, from, to } = contact;
            expect(contactFields(resource)).toMatchObject(some({ role, unit, from, to }));
            expectOwned(contact, resource, view);
            count('named-contact');
          }
          for (const remark of own.remark) {
            const resource = sent(communicationFrom(view, remark));
            const read = remarkFields(resource, { urls: view.urls });
            expect(read).toMatchObject(
              some({ what: remark.what, text: remark.text, wishedTime: text(remark.wishedTime) }),
            );
            expectOwned(remark, resource, view);
            count('remark');
          }
        }
      }),
      { numRuns: SIZES.fhirPlans },
    );
  }, 300_000);

  for (const reader of ['staff', 'citizen'] as const) {
    it(`asks for no change when ${reader} send it back as it was read`, () => {
      fc.assert(
        fc.property(lived, (content) => {
          for (const view of viewsOf(content, reader, AT)) {
            for (const resource of allResources(view)) {
              if (!WRITABLE.some((type) => type === resource.resourceType)) continue;
              const one = sent(resource) as Writable;
              expect(updating(one, one, { urls: view.urls })).toEqual({ acts: [], faults: [] });
            }
          }
        }),
        { numRuns: SIZES.fhirPlans },
      );
    }, 300_000);
  }

  afterAll(() => {
    for (const kind of ['step', 'commitment', 'goal', 'named-contact', 'remark']) {
      expect(tried.get(kind) ?? 0, kind).toBeGreaterThan(0);
    }
  });
});
