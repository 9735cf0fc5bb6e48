import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import type { TranslateError } from '../../http/error-handler.ts';
import { readJsonBodies } from '../../http/json-body.ts';
import type { Server } from '../../http/server.ts';
import { readThing } from '../../plans/index.ts';
import { notFound } from '../../shared/problems.ts';
import { registerCapability } from '../canonicals/routes.ts';
import { type FhirDeps, type FhirRelease, fhirDeps } from '../deps.ts';
import type { PlanResource } from '../mapping/plan-resources.ts';
import { resourceById } from '../mapping/plan-resources.ts';
import type { FhirView } from '../mapping/view.ts';
import { READ_PERSON, READ_PLAN } from '../rest/access.ts';
import { registerDirectoryRoutes } from '../rest/directory-routes.ts';
import { readForms } from '../rest/forms.ts';
import { refuseForeignForms, VERSIONS } from '../rest/negotiation.ts';
import { answerWithOutcomes } from '../rest/outcome.ts';
import { keyOf, patientResource } from '../rest/patient-routes.ts';
import { thingOf } from '../rest/read-routes.ts';
import { sendResource } from '../rest/reply.ts';
import { registerSearches } from '../rest/search-routes.ts';
import { leftWith, viewOf } from '../rest/views.ts';
import { demandReach, narrowByScopes } from '../smart/narrow.ts';
import { registerSmartDiscovery } from '../smart/routes.ts';
import { capabilityR5 } from './capability.ts';
import { careTeamR5, withoutProfiles } from './care-team.ts';

/** Where the small R5 door stands. */
export const FHIR_R5_PREFIX = '/fhir/R5';

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };

/** The two versions' teams are typed apart and sent alike. */
function inR5(resource: PlanResource, views: readonly FhirView[]): PlanResource {
  const [view] = views;
  if (resource.resourceType !== 'CareTeam' || !view) return resource;
  return careTeamR5(view, resource) as unknown as PlanResource;
}

/**
 * FHIR R5, to be read: named contacts and teams as Inera's guide has them, which is made in R5, and what they refer to. The
 * same use cases, decisions and log as on the other doors.
 */
export async function registerFhirR5(
  door: Server,
  deps: Deps,
  { version, released }: FhirRelease,
  translate?: TranslateError,
): Promise<void> {
  const own: FhirDeps = { ...fhirDeps(deps, version), prefix: FHIR_R5_PREFIX };
  answerWithOutcomes(door, own.urls, translate);
  readJsonBodies(door, ['application/fhir+json', 'application/json']);
  readForms(door);
  refuseForeignForms(door, VERSIONS.R5);
  narrowByScopes(door, own.prefix);
  registerSmartDiscovery(door, own);
  const statement = (base: string) => capabilityR5(own, base, released) as unknown as fhir4.CapabilityStatement;
  registerCapability(door, own, statement);
  registerSearches(door, own, ['CareTeam'], { links: NO_LINKS, shape: inR5 });
  registerDirectoryRoutes(door, own, withoutProfiles);
  registerReads(door, own);
}

function registerReads(door: Server, deps: FhirDeps): void {
  door.get('/CareTeam/:id', READ_PLAN, async (request, reply) => {
    const { id } = request.params as { id: string };
    const team = await readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
      const view = viewOf(seen, plan, request.actor, deps.urls);
      const found = resourceById(view, 'CareTeam', id);
      if (!found) throw notFound();
      demandReach(request, found, seen.patientId);
      return { answer: inR5(found, [view]), left: leftWith([found], [view]) };
    });
    return sendResource(reply, team);
  });
  door.get('/Patient/:id', READ_PERSON, async (request, reply) => {
    const { id } = request.params as { id: string };
    return sendResource(reply, withoutProfiles(await patientResource(deps, request, keyOf(id))));
  });
}
