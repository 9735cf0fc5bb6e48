import type { Actor } from '../../shared/actor.ts';
import { type PatientId, parsePatientId } from '../../shared/ids.ts';
import { PLAN_RESOURCE_TYPES, type PlanResource, type PlanResourceType } from '../mapping/plan-resources.ts';
import type { Test } from '../search/criteria.ts';
import { PARAMETERS } from '../search/parameters.ts';
import { testsOf } from '../search/run.ts';
import { type Interaction, looksSmart, type SmartScope, smartScope } from './scopes.ts';

/** How far a token with SMART scopes reaches: always a part of what its actor may do, never more. */
export interface Reach {
  /** Whether any scope covers this with some resource of the type. */
  covers(type: string, interaction: Interaction): boolean;
  /** Whether a resource about a person may leave; `patientId` is undefined for what is about nobody. */
  shows(resource: fhir4.FhirResource, patientId: PatientId | undefined): boolean;
  /** Whether something of this type may be written for a person. */
  writes(type: string, interaction: Interaction, patientId: PatientId): boolean;
  /** The person that the app was launched for, when one was chosen. */
  readonly launchPatient?: PatientId;
}

interface Usable extends SmartScope {
  readonly tests: readonly Test<PlanResource>[];
}

/** Levels that each kind of actor can have; a system acts for its provider, and people never as a system. */
const LEVELS: Readonly<Record<Actor['kind'], readonly SmartScope['level'][]>> = {
  staff: ['user', 'patient'],
  citizen: ['user', 'patient'],
  system: ['system'],
};

/**
 * A scope as it can be obeyed; undefined for one that cannot. Searches narrow reading of what plans are made of: a scope
 * that narrows anything else, or by a parameter that is not known, covers nothing.
 */
function usable(scope: SmartScope): Usable | undefined {
  if (scope.only.length === 0) return { ...scope, tests: [] };
  const type = PLAN_RESOURCE_TYPES.find((one): one is PlanResourceType => one === scope.type);
  if (!type || !scope.only.every(({ name }) => Object.hasOwn(PARAMETERS[type], name))) return undefined;
  const interactions = new Set([...scope.interactions].filter((one) => one === 'r' || one === 's'));
  try {
    return { ...scope, interactions, tests: testsOf(type, scope.only) };
  } catch {
    return undefined;
  }
}

/**
 * How far a token's scopes reach on this door.
 *
 * `patient/` reaches the person that the token was launched for (its claim `patient`) and nobody when it names none.
 *
 * @returns undefined when none of the scopes is SMART's: then the policy alone judges
 */
export function reachOf(actor: Actor): Reach | undefined {
  const sent = (actor.scopes ?? []).filter(looksSmart);
  if (sent.length === 0) return undefined;
  const launched = actor.kind === 'system' ? undefined : actor.launchPatient;
  const launchPatient = launched === undefined ? undefined : parsePatientId(launched);
  const scopes = sent
    .flatMap((text) => smartScope(text) ?? [])
    .filter(({ level }) => LEVELS[actor.kind].includes(level) && (level !== 'patient' || launchPatient !== undefined))
    .flatMap((scope) => usable(scope) ?? []);
  const ofType = (type: string) => scopes.filter((scope) => scope.type === '*' || scope.type === type);
  return {
    covers: (type, interaction) => ofType(type).some(({ interactions }) => interactions.has(interaction)),
    shows: (resource, patientId) =>
      ofType(resource.resourceType).some(
        ({ level, interactions, tests }) =>
          (interactions.has('r') || interactions.has('s')) &&
          (level !== 'patient' || patientId === undefined || patientId === launchPatient) &&
          tests.every((test) => test(resource as PlanResource)),
      ),
    writes: (type, interaction, patientId) =>
      ofType(type).some(
        ({ level, interactions }) =>
          interactions.has(interaction) && (level !== 'patient' || patientId === launchPatient),
      ),
    ...(launchPatient !== undefined && { launchPatient }),
  };
}
