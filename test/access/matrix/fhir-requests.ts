import { NUMBERS, unit } from '../../support/plan-fixtures.ts';
import type { RouteRequest } from './requests.ts';
import type { Ids, World } from './world.ts';

/** An id of a reference row that is not there. */
const NOBODYS = 'a'.repeat(26);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const PERSONNUMMER = encodeURIComponent('http://electronichealth.se/identifier/personnummer|');

/** A search is always asked about one patient; without one it is refused for another reason than who asks. */
export function fhirRequests(routes: readonly string[]): Readonly<Record<string, RouteRequest>> {
  const fhir = routes.filter((route) => /\/fhir\/R[45]\//.test(route));
  return Object.fromEntries(fhir.map((route) => [route, { ...searchOf(route), ...inRelease(route) }]));
}

const PATCH_JSON = 'application/json-patch+json';

/** What is written is what is there already, so that nothing but who writes decides. */
function writeOf(route: string): RouteRequest {
  const [method, path] = route.split(' ');
  const type = /^\/fhir\/R4\/(\w+)/.exec(path!)?.[1] ?? '';
  const resource = ({ resources }: World): Partial<fhir4.Resource> => resources[type] ?? {};
  const tag = (world: World) => `W/"${resource(world).meta?.versionId ?? '1'}"`;
  if (method === 'PUT') return { body: resource, headers: (world) => ({ 'if-match': tag(world) }) };
  if (method === 'PATCH') {
    const body = () => [{ op: 'test', path: '/resourceType', value: type }];
    return { body, headers: (world) => ({ 'if-match': tag(world), 'content-type': PATCH_JSON }) };
  }
  if (path === '/fhir/R4') return { body: () => ({ resourceType: 'Bundle', type: 'batch', entry: [] }) };
  return path!.endsWith('$validate') || /R4\/\w+$/.test(path!) ? { body: resource } : {};
}

function searchOf(route: string): RouteRequest {
  const [method, path] = route.split(' ');
  if (path!.endsWith('/_search')) return { body: ({ ids }) => `patient=${ids.patientId}`, headers: FORM };
  if (method === 'GET' && /^\/fhir\/R[45]\/\w+$/.test(path!))
    return { url: (ids) => `${path}?patient=${ids.patientId}` };
  return method === 'GET' ? {} : writeOf(route);
}

/** What is said of a route of R4 holds for the same one of R5. */
function inRelease(route: string): RouteRequest {
  const one = FIXED[route.replace('/R5/', '/R4/')] ?? {};
  const { url } = one;
  return url && route.includes('/R5/') ? { ...one, url: (ids) => url(ids).replace('/R4/', '/R5/') } : one;
}

/** What shows whose a thing is has no patient of its own: it is searched for by what it is about. */
const aboutPlan = (ids: Ids) => `target=CarePlan/${ids.planId}`;

const FIXED: Readonly<Record<string, RouteRequest>> = {
  'GET /fhir/R4/Provenance': { url: (ids) => `/fhir/R4/Provenance?${aboutPlan(ids)}` },
  'POST /fhir/R4/Provenance/_search': { body: ({ ids }) => aboutPlan(ids) },
  ...Object.fromEntries(
    ['Organization', 'Practitioner', 'PractitionerRole', 'HealthcareService'].flatMap((type) => [
      [`GET /fhir/R4/${type}`, { url: () => `/fhir/R4/${type}?name=Test` }],
      [`POST /fhir/R4/${type}/_search`, { body: () => 'name=Test' }],
    ]),
  ),
  'POST /fhir/R4/HealthcareService/_search': { body: () => `_id=${unit('0201')}` },
  'GET /fhir/R4/HealthcareService': { url: () => `/fhir/R4/HealthcareService?_id=${unit('0201')}` },
  'POST /fhir/R4/Subscription': { body: () => ({ resourceType: 'Subscription', status: 'requested' }) },
  'GET /fhir/R4/Subscription': { url: () => '/fhir/R4/Subscription' },
  ...Object.fromEntries(
    ['', '/$status', '/$events'].map((path) => [
      `GET /fhir/R4/Subscription/:id${path}`,
      { url: () => `/fhir/R4/Subscription/${NOBODYS}${path}` },
    ]),
  ),
  'DELETE /fhir/R4/Subscription/:id': { url: () => `/fhir/R4/Subscription/${NOBODYS}` },
  'GET /fhir/R4/Patient': { url: (ids) => `/fhir/R4/Patient?_id=${ids.patientId}` },
  'POST /fhir/R4/Patient/_search': { body: () => `identifier=${PERSONNUMMER}${NUMBERS.ester}` },
  'GET /fhir/R4/Patient/$next-step': { url: () => '/fhir/R4/Patient/$next-step' },
  'GET /fhir/R4/Patient/:id': { url: (ids) => `/fhir/R4/Patient/${ids.patientId}` },
  'GET /fhir/R4/Patient/:id/$next-step': { url: (ids) => `/fhir/R4/Patient/${ids.patientId}/$next-step` },
  'POST /fhir/R4/Patient/:id/$next-step': {
    url: (ids) => `/fhir/R4/Patient/${ids.patientId}/$next-step`,
    body: () => ({}),
  },
  'POST /fhir/R4/Patient/$next-step': { body: () => ({}) },
  'POST /fhir/R4/CarePlan/:id/$next-step': { body: () => ({}) },
  'POST /fhir/R4/CarePlan/:id/$everything': { body: () => ({}) },
  'POST /fhir/R4/Patient/:id/$everything': {
    url: (ids) => `/fhir/R4/Patient/${ids.patientId}/$everything`,
    body: () => ({}),
  },
  'GET /fhir/R4/Patient/:id/$everything': { url: (ids) => `/fhir/R4/Patient/${ids.patientId}/$everything` },
  'GET /fhir/R4/RelatedPerson/:id': { url: (ids) => `/fhir/R4/RelatedPerson/${ids.relatedPersonId}` },
  'GET /fhir/R4/Organization/:id': { url: () => `/fhir/R4/Organization/${unit('0201')}` },
  'GET /fhir/R4/HealthcareService/:id': { url: () => `/fhir/R4/HealthcareService/${unit('0201')}` },
  'GET /fhir/R4/Practitioner/:id': { url: () => `/fhir/R4/Practitioner/${unit('P003')}` },
  'GET /fhir/R4/PractitionerRole/:id': { url: () => `/fhir/R4/PractitionerRole/${unit('P003')}.${unit('0201')}` },
};
