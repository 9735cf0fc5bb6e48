import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRoutes } from '../../src/http/declared-access.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { routesOf } from './matrix/run.ts';
import { SLICES } from './matrix/slices.ts';

let service: TestApp;

beforeAll(async () => {
  service = await createTestApp();
});
afterAll(() => service.close());

const rows = SLICES.flatMap((slice) => Object.keys(slice.rows));

test('every route of the running service has a row in the access matrix', () => {
  const missing = routesOf(service).filter((route) => !rows.includes(route));
  const where =
    'a route without a row: say in test/access/matrix/{plan,person,log,fhir}-rows.ts what each caller is answered, by a class of classes.ts';
  expect(missing, where).toEqual([]);
});

test('no row is of a route that there is no longer, and none is there twice', () => {
  const routes = routesOf(service);
  expect(rows.filter((route) => !routes.includes(route))).toEqual([]);
  expect(rows.length).toBe(new Set(rows).size);
});

test('what needs no token is only what is nobody’s data', () => {
  const open = listRoutes(service.app).filter(({ method, access }) => method !== 'HEAD' && access === 'public');
  expect(open.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual(OPEN);
});

/** Descriptions of the service itself. */
const DEFINITIONS = ['CodeSystem', 'OperationDefinition', 'SearchParameter', 'StructureDefinition', 'ValueSet'];
const OPEN = [
  ...DEFINITIONS.flatMap((type) => [
    `GET /fhir/R4/${type}`,
    `GET /fhir/R4/${type}/:id`,
    `POST /fhir/R4/${type}/_search`,
  ]),
  'GET /.well-known/smart-configuration',
  'GET /fhir/R4/.well-known/smart-configuration',
  ...['R4', 'R5'].flatMap((release) => [
    `GET /fhir/${release}/metadata`,
    `GET /fhir/${release}/CapabilityStatement/:id`,
  ]),
  'GET /fhir/R5/.well-known/smart-configuration',
  'GET /health/live',
  'GET /health/ready',
  'GET /problems',
  'GET /problems/:code',
  'GET /v1/api-info',
].toSorted();
