import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import { requireIfMatch } from '../../http/etag.ts';
import { changeTogether, withPublicIds } from '../../plans/index.ts';
import { wrong } from '../../shared/problem.ts';
import { stale } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { patched } from '../mapping/in/json-patch.ts';
import { updating, type Writable, type WritableType } from '../mapping/in/writable.ts';
import { resourceNotAsAddress } from '../problems.ts';
import { demandWriteReach } from '../smart/narrow.ts';
import { preferOf, type Written } from './answer.ts';
import { demandTaken, isLenient, judged } from './judge.ts';
import { namedIn, partsOf } from './parts.ts';
import { type Present, readPresent } from './present.ts';

interface Address {
  readonly type: WritableType;
  readonly id: string;
}

/** The version that the client read. @throws precondition-required (428), if-match-malformed (400) */
const versionOf = (request: FastifyRequest) => requireIfMatch(request, { weak: true });

function demandVersion({ resource }: Present, expected: number): void {
  const revision = Number(resource.meta?.versionId);
  if (revision !== expected) throw stale({ extra: { revision } });
}

function demandAddress(sent: Writable, { id }: Address): void {
  if (sent.id === id) return;
  throw resourceNotAsAddress({
    invalidParameters: [wrong(`${sent.resourceType}.id`, 'Ska vara adressens id', 'Must be the id of the address')],
  });
}

/**
 * Puts a sent resource in place of the one that is there: what differs is changed by the rules of `/v1`, all or nothing.
 *
 * @throws resource-invalid, resource-not-as-address (400), not-found, stale (412), resource-not-taken (422), and what the
 *   rules refuse, told by the elements
 */
export async function updateOne(
  deps: FhirDeps,
  request: FastifyRequest,
  address: Address,
  sent: unknown,
): Promise<Written> {
  const expected = versionOf(request);
  const resource = judged(sent, address.type);
  demandAddress(resource, address);
  const present = await readPresent(deps, request, address.type, address.id);
  demandVersion(present, expected);
  return replaceWith(deps, request, address, present, resource);
}

/** As {@link updateOne}, by a JSON Patch of the resource as it is. */
export async function patchOne(
  deps: FhirDeps,
  request: FastifyRequest,
  address: Address,
  patch: unknown,
): Promise<Written> {
  const expected = versionOf(request);
  const present = await readPresent(deps, request, address.type, address.id);
  demandVersion(present, expected);
  const resource = judged(patched(present.resource, patch), address.type);
  demandAddress(resource, address);
  return replaceWith(deps, request, address, present, resource);
}

async function replaceWith(
  deps: FhirDeps,
  request: FastifyRequest,
  { type, id }: Address,
  { resource: current, plan, patientId }: Present,
  sent: Writable,
): Promise<Written> {
  demandWriteReach(request, type, 'u', patientId);
  const { acts, faults } = updating(sent, current, { urls: deps.urls });
  const dropped = demandTaken(faults, isLenient(preferOf(request)));
  const expected = Number(current.meta?.versionId);
  const nothing = { type, id, revision: expected, created: false, dropped };
  if (acts.length === 0) return nothing;
  const writing = { name: id, plan: () => plan, expected, key: `fhir:${request.id}` };
  const made = await changeTogether(deps.desk, askingOf(request), {
    patientId: plan.patientId,
    parts: partsOf(acts, writing),
    named: namedIn(acts),
    idempotency: request.idempotency,
  }).catch((error: unknown) => {
    throw withPublicIds(error);
  });
  const thing = made.answer.made.get(id)?.thing;
  return { ...nothing, revision: thing?.revision ?? expected, replayed: made.replayed };
}
