import type { FastifyReply, FastifyRequest } from 'fastify';
import { listChannels, readUnit, searchDirectory } from '../../directory/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { normalizeHsaId } from '../../shared/hsa-id.ts';
import { wrong } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import {
  type OrganizationEntry,
  organizationFrom,
  practitionerFrom,
  practitionerRoleFrom,
  type StaffEntry,
} from '../mapping/directory.ts';
import { healthcareServiceFrom } from '../mapping/healthcare-service.ts';
import { searchParameterInvalid, undefinedIfAbsent } from '../problems.ts';
import { refuseModifiers } from '../search/criteria.ts';
import { readSearch } from '../search/sent.ts';
import { READ_STAFF, READ_UNITS } from './access.ts';
import { sendFound } from './found.ts';
import { sendResource } from './reply.ts';

type Shape = <R extends fhir4.FhirResource>(resource: R) => R;

/** How units are reached, for anyone. */
export function registerServices(door: Server, deps: FhirDeps): void {
  door.get('/HealthcareService/:id', READ_UNITS, async (request, reply) =>
    sendResource(reply, await serviceOf(deps, request, hsaIdOf(request))),
  );
  const find = (request: FastifyRequest, reply: FastifyReply) => findService(deps, request, reply);
  door.get('/HealthcareService', READ_UNITS, find);
  door.post('/HealthcareService/_search', READ_UNITS, find);
}

/** What a unit's service is found by: each names the unit. */
export const SERVICE_SEARCH = { _id: true, identifier: true, organization: true } as const;

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };

/** @throws searchParameterInvalid unless one unit is named: how units are reached is not listed across all of them */
async function findService(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const asked = readSearch(request, new Set(Object.keys(SERVICE_SEARCH)), new Set(), NO_LINKS);
  refuseModifiers(asked.criteria, { organization: ['Organization', 'identifier'] });
  const [only, ...others] = asked.criteria;
  if (!only || others.length > 0) {
    const reason = wrong('organization', 'Ange en enhet.', 'Name one unit.');
    throw searchParameterInvalid({ invalidParameters: [reason] });
  }
  const none = { type: 'HealthcareService', resources: [], total: 0 };
  const hsaId = normalizeHsaId(only.value.split(/[|/]/).at(-1)!);
  const found = hsaId && (await serviceOf(deps, request, hsaId).catch(undefinedIfAbsent));
  return sendFound(deps, request, reply, asked, found ? { ...none, resources: [found], total: 1 } : none);
}

/** The directory: units for anyone, providers, principals and staff for those at work. */
export function registerDirectoryRoutes(door: Server, deps: FhirDeps, shape: Shape = (resource) => resource): void {
  door.get('/Organization/:id', READ_UNITS, async (request, reply) => {
    return sendResource(reply, shape(organizationFrom(await organization(deps, request, hsaIdOf(request)))));
  });
  door.get('/Practitioner/:id', READ_STAFF, async (request, reply) => {
    return sendResource(reply, shape(practitionerFrom(await staff(deps, request, hsaIdOf(request)))));
  });
  door.get('/PractitionerRole/:id', READ_STAFF, async (request, reply) => {
    const [person = '', unit = ''] = (request.params as { id: string }).id.split('.');
    const [personId, unitId] = [normalizeHsaId(person), normalizeHsaId(unit)];
    if (personId === undefined || unitId === undefined) throw notFound();
    const role = practitionerRoleFrom(await staff(deps, request, personId), unitId);
    if (!role) throw notFound();
    return sendResource(reply, shape(role));
  });
}

function hsaIdOf(request: FastifyRequest): string {
  const id = normalizeHsaId((request.params as { id: string }).id);
  if (id === undefined) throw notFound();
  return id;
}

async function one(deps: FhirDeps, request: FastifyRequest, what: 'providers' | 'principals' | 'staff', hsaId: string) {
  const found = await searchDirectory(deps.desk, askingOf(request), { what, criteria: { hsaId }, limit: 1 });
  return found.entries[0];
}

async function staff(deps: FhirDeps, request: FastifyRequest, hsaId: string): Promise<StaffEntry> {
  const entry = await one(deps, request, 'staff', hsaId);
  if (!entry) throw notFound();
  return entry as unknown as StaffEntry;
}

/** A unit, else a provider or a principal, which the REST door shows to those at work alone. */
async function organization(deps: FhirDeps, request: FastifyRequest, hsaId: string): Promise<OrganizationEntry> {
  const unit = await readUnit(deps.desk, askingOf(request), hsaId).catch((error: unknown) => {
    if (request.actor.kind === 'citizen') throw error;
    return undefinedIfAbsent(error);
  });
  const entry =
    unit ?? (await one(deps, request, 'providers', hsaId)) ?? (await one(deps, request, 'principals', hsaId));
  if (!entry) throw notFound();
  return entry as unknown as OrganizationEntry;
}

async function serviceOf(deps: FhirDeps, request: FastifyRequest, hsaId: string): Promise<fhir4.HealthcareService> {
  const unit = (await readUnit(deps.desk, askingOf(request), hsaId)) as unknown as OrganizationEntry;
  const channels = await listChannels(deps.desk, askingOf(request), hsaId);
  return healthcareServiceFrom(unit, channels);
}
