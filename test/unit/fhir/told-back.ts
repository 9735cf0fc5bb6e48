import {
  codeOf,
  extensionOf,
  externalIdOf,
  idIn,
  isForPatient,
  partyOf,
  whoOf,
} from '../../../src/fhir/mapping/in/parts.ts';
import type { FhirView } from '../../../src/fhir/mapping/view.ts';
import type { Owned } from '../../../src/plans/domain/model.ts';
import { parseThingId } from '../../../src/shared/ids.ts';

/** What a reader of our FHIR knows of a thing, put together as the thing itself is. */
export type ToldBack = Readonly<Record<string, unknown>>;

type OfPlan = fhir4.Task | fhir4.Goal | fhir4.CareTeam | fhir4.Communication;

export const keyIn = (id: string | undefined) => (id === undefined ? undefined : parseThingId(id)?.id);

/** A party as it was: whose a relative is told by id, a unit by its HSA-id. */
export function partyBack(reference: fhir4.Reference | undefined): ToldBack | undefined {
  const party = partyOf(whoOf(reference));
  if (party?.kind !== 'relative') return party;
  return { kind: 'relative', relatedPersonId: keyIn(String(party.relatedPersonId)) };
}

export function unitBack(reference: fhir4.Reference | undefined): string | undefined {
  const who = whoOf(reference);
  return who?.kind === 'unit' ? who.unit : undefined;
}

/** The number of the version in which a change is proposed: of its content nothing is told. */
export function proposalBack(resource: OfPlan, { urls }: FhirView) {
  const agreementVersion = extensionOf(resource, urls.extension('proposed-change'))?.valueInteger;
  return agreementVersion === undefined ? undefined : { agreementVersion };
}

function planOf(resource: OfPlan, { urls }: FhirView): fhir4.Reference | undefined {
  if ('basedOn' in resource && resource.basedOn) return resource.basedOn[0];
  return extensionOf(resource, urls.extension('plan'))?.valueReference;
}

/** What every thing of a plan is told with. */
export function ownedBack(resource: OfPlan, view: FhirView): ToldBack {
  const ref = parseThingId(resource.id!)!;
  const written = 'authoredOn' in resource ? resource.authoredOn : 'sent' in resource ? resource.sent : undefined;
  const wrong = [resource.resourceType === 'Goal' ? resource.lifecycleStatus : resource.status];
  return {
    patientId: ref.patientId,
    id: ref.id,
    planId: keyIn(idIn(planOf(resource, view), 'CarePlan')),
    revision: Number(resource.meta?.versionId),
    changedAt: resource.meta?.lastUpdated,
    createdAt: written,
    approvedForPatient: isForPatient(resource),
    legalBasis: extensionOf(resource, view.urls.extension('legal-basis'))?.valueCode,
    externalId: externalIdOf(resource.identifier, view.urls),
    enteredInError: wrong[0] === 'entered-in-error',
    recordedBy: { unit: resource.meta?.source?.split('#')[1] },
  };
}

/** Our own finer word for a state. */
export function stateBack(task: fhir4.Task, { urls }: FhirView): string | undefined {
  return codeOf(task.businessStatus && [task.businessStatus], urls.system('step-state'));
}

/** Objects in a list with their names in one order. */
const ordered = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Every value of a thing, by its path; lists are one value, and what is blank is none. */
export function leavesOf(value: unknown, path = ''): [string, string][] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string' && value.trim() === '') return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [[path, JSON.stringify(value, ordered)]];
  if (typeof value !== 'object') return [[path, JSON.stringify(value)]];
  const parts = Object.entries(value);
  return parts.flatMap(([name, inner]) => leavesOf(inner, path === '' ? name : `${path}.${name}`));
}

/** The values of a thing that are not told as they are. */
export function lostOf(thing: Owned, told: ToldBack): string[] {
  const back = new Map(leavesOf(told));
  return leavesOf(thing).flatMap(([path, value]) => (back.get(path) === value ? [] : [path]));
}
