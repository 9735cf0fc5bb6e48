import type { Step } from '../../plans/domain/model.ts';
import type { Occurrence } from '../../plans/domain/recurrence.ts';
import { parseLocalDate } from '../../shared/calendar.ts';
import { publicId } from '../../shared/ids.ts';
import { appointmentFrom } from './appointment.ts';
import { carePlanFrom } from './care-plan.ts';
import { contactTeam, planTeam } from './care-team.ts';
import { communicationFrom } from './communication.ts';
import { goalFrom, whatMattersFrom } from './goal.ts';
import { feedbackCommunication, handoverTask } from './handover.ts';
import { some } from './owned.ts';
import { provenanceFrom } from './provenance.ts';
import { serviceRequestFrom } from './service-request.ts';
import { taskFrom } from './task.ts';
import { commitmentTask } from './task-commitment.ts';
import { occurrencesShown, occurrenceTask, occurrenceTasks, strayReports } from './task-occurrence.ts';
import { notesOf, outputsOf } from './task-report.ts';
import type { FhirView } from './view.ts';

/** What a plan is made of through this door. */
export interface PlanResources {
  CarePlan: fhir4.CarePlan;
  Task: fhir4.Task;
  Goal: fhir4.Goal;
  CareTeam: fhir4.CareTeam;
  Appointment: fhir4.Appointment;
  ServiceRequest: fhir4.ServiceRequest;
  Communication: fhir4.Communication;
  Provenance: fhir4.Provenance;
}
export type PlanResourceType = keyof PlanResources;
export type PlanResource = PlanResources[PlanResourceType];

/** The step with the reports of occurrences that its series no longer has, so that nothing reported is lost. */
function stepTask(view: FhirView, step: Step, occurrences: readonly Occurrence[]): fhir4.Task {
  const task = taskFrom(view, step);
  const stray = strayReports(view, step, occurrences);
  if (stray.length === 0) return task;
  return {
    ...task,
    note: some([...(task.note ?? []), ...stray.flatMap((report) => notesOf(view, report))]),
    output: some([...(task.output ?? []), ...stray.flatMap((report) => outputsOf(view, report))]),
  };
}

function tasks(view: FhirView): fhir4.Task[] {
  const { step, commitment, handover } = view.plan.content;
  const ofStep = (one: Step) => {
    const occurrences = occurrencesShown(view, one);
    return [stepTask(view, one, occurrences), ...occurrenceTasks(view, one, occurrences)];
  };
  return [
    ...step.flatMap(ofStep),
    ...commitment.map((one) => commitmentTask(view, one)),
    ...handover.map((one) => handoverTask(view, one)),
  ];
}

const OF_TYPE: { readonly [T in PlanResourceType]: (view: FhirView) => PlanResources[T][] } = {
  CarePlan: (view) => [carePlanFrom(view)],
  CareTeam: (view) => [planTeam(view), ...view.plan.content['named-contact'].map((one) => contactTeam(view, one))],
  Goal: (view) => [
    ...view.plan.content['what-matters'].map((one) => whatMattersFrom(view, one)),
    ...view.plan.content.goal.map((one) => goalFrom(view, one)),
  ],
  Task: tasks,
  Appointment: (view) => view.plan.content.step.flatMap((step) => appointmentFrom(view, step) ?? []),
  ServiceRequest: (view) => view.plan.content.step.flatMap((step) => serviceRequestFrom(view, step) ?? []),
  Communication: (view) => [
    ...view.plan.content.remark.map((remark) => communicationFrom(view, remark)),
    ...view.plan.content.feedback.map((feedback) => feedbackCommunication(view, feedback)),
  ],
  Provenance: (view) => view.plan.content['agreement-act'].map((act) => provenanceFrom(view, act)),
};

export const PLAN_RESOURCE_TYPES = Object.keys(OF_TYPE) as readonly PlanResourceType[];

/** All resources of one type that a plan holds for its reader. */
export function resourcesOfType<T extends PlanResourceType>(view: FhirView, type: T): PlanResources[T][] {
  return OF_TYPE[type](view);
}

/** Everything of some types that a plan holds for its reader. */
export function resourcesOfTypes(view: FhirView, types: readonly PlanResourceType[]): PlanResource[] {
  return types.flatMap((type) => resourcesOfType(view, type) as PlanResource[]);
}

/** Everything that a plan holds for its reader. */
export function allResources(view: FhirView): PlanResource[] {
  return resourcesOfTypes(view, PLAN_RESOURCE_TYPES);
}

const DAY_SUFFIX = /^(.+)\.(\d{4})(\d{2})(\d{2})$/;

/** One resource by its own id; an occurrence of a series on any day, also one that lists leave out. */
export function resourceById(view: FhirView, type: PlanResourceType, id: string): PlanResource | undefined {
  const found = (resourcesOfType(view, type) as PlanResource[]).find((one) => one.id === id);
  const [, stepId, year, month, day] = DAY_SUFFIX.exec(id) ?? [];
  if (found || type !== 'Task' || stepId === undefined) return found;
  const on = parseLocalDate(`${year}-${month}-${day}`);
  const step = view.plan.content.step.find((one) => publicId(one.patientId, one.id) === stepId);
  return step && on !== undefined ? occurrenceTask(view, step, on) : undefined;
}
