import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordingRefusals } from '../../access/index.ts';
import { readExtract } from '../../audit-log/index.ts';
import { listConsents, readConsent } from '../../consents/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import { readSharing } from '../../sharing/index.ts';
import type { FhirDeps } from '../deps.ts';
import { auditEventFrom } from '../mapping/audit-event.ts';
import { blockFrom, type ConsentView, consentFrom } from '../mapping/consent.ts';
import { searchAcrossPatients } from '../problems.ts';
import { alternatives, referenceTail } from '../search/criteria.ts';
import { readSearch, type SearchRequest } from '../search/sent.ts';
import { demandReach } from '../smart/narrow.ts';
import { READ_BLOCKS, READ_CONSENTS, READ_LOG } from './access.ts';
import { sendFound } from './found.ts';
import { keyOf, ownKey } from './patient-routes.ts';
import { thingOf } from './read-routes.ts';
import { sendResource } from './reply.ts';

/** What consents and the log are searched by. */
export const CONSENT_PARAMETERS = ['patient', 'category', 'status'] as const;
export const LOG_PARAMETERS = ['patient'] as const;

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };
const place = z.object({ at: z.string(), id: z.string() });

/** Consents and blocks, and the access log: what a person may ask of who sees what, and has seen it. */
export function registerSharingReads(door: Server, deps: FhirDeps): void {
  door.get('/Consent/:id', READ_CONSENTS, async (request, reply) => {
    const ref = thingOf((request.params as { id: string }).id);
    const consent = await readConsent(deps.desk, askingOf(request), ref);
    const view = viewAt(deps, ref.patientId);
    return sendResource(reply, demandReach(request, consentFrom(view, consent), ref.patientId));
  });
  door.get('/Consent', READ_BLOCKS, (request, reply) => consents(deps, request, reply));
  door.get('/AuditEvent', READ_LOG, (request, reply) => accessLog(deps, request, reply));
}

const viewAt = ({ urls, desk }: FhirDeps, patientId: PatientId): ConsentView => ({
  urls,
  patientId,
  now: desk.clock.now(),
});

/**
 * Whose: the patient of the search, else the citizen who asks.
 *
 * @throws searchAcrossPatients for anyone else who names none, or several
 */
async function patientAsked(
  deps: FhirDeps,
  request: FastifyRequest,
  asked: SearchRequest,
  action: 'consent.read' | 'log.extract',
) {
  const named = asked.criteria.filter(({ name }) => name === 'patient').flatMap(({ value }) => alternatives(value));
  const [only, ...others] = named;
  await recordingRefusals(deps.desk, askingOf(request), action, async () => {
    if (others.length > 0 || (only === undefined && request.actor.kind !== 'citizen')) throw searchAcrossPatients();
  });
  if (only === undefined) return ownKey(deps, request);
  return keyOf(referenceTail(only, 'Patient').slice('Patient/'.length));
}

/** Blocks are for the person and for who administers them: staff are given them when they ask for that category. */
async function consents(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const asked = readSearch(request, new Set(CONSENT_PARAMETERS), new Set(), NO_LINKS);
  const patientId = await patientAsked(deps, request, asked, 'consent.read');
  if (patientId === undefined)
    return sendFound(deps, request, reply, asked, { type: 'Consent', resources: [], total: 0 });
  const view = viewAt(deps, patientId);
  const categories = asked.criteria.filter(({ name }) => name === 'category').map(({ value }) => alternatives(value));
  const blocksAsked = categories.flat().some((one) => /(?:^|\|)(?:inner|outer)-block$/.test(one));
  const withBlocks = blocksAsked || (request.actor.kind === 'citizen' && categories.length === 0);
  const reading = { action: 'block.read', kind: 'block', patientId } as const;
  const targetOf = ({ provider, unit }: { provider: string; unit?: string }) => ({ provider, ...(unit && { unit }) });
  const blocks = withBlocks ? await readSharing(deps.desk, askingOf(request), { ...reading, targetOf }) : [];
  // Last: who may not ask of blocks is refused with nothing in the log as read.
  const given = await listConsents(deps.desk, askingOf(request), patientId);
  const all = [...given.map((one) => consentFrom(view, one)), ...blocks.map((one) => blockFrom(view, one))];
  const found = all.filter((one) => matches(one, asked));
  return sendFound(deps, request, reply, asked, { type: 'Consent', resources: found, patientId, total: found.length });
}

function matches({ status, category }: fhir4.Consent, { criteria }: SearchRequest): boolean {
  const codes = category.flatMap(({ coding = [] }) => coding.map(({ code }) => code));
  return criteria.every(({ name, value }) => {
    const wanted = alternatives(value).map((one) => one.split('|').at(-1));
    if (name === 'status') return wanted.includes(status);
    return name !== 'category' || codes.some((code) => wanted.includes(code));
  });
}

/** Who has seen what: to the patient all of it, to staff who hand it out what their own provider answers for. */
async function accessLog(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const asked = readSearch(request, new Set(LOG_PARAMETERS), new Set(), NO_LINKS);
  const patientId = await patientAsked(deps, request, asked, 'log.extract');
  if (patientId === undefined) return sendFound(deps, request, reply, asked, { type: 'AuditEvent', resources: [] });
  const scope = { actor: actorKey(request.actor), route: `${deps.prefix}/AuditEvent`, filter: patientId };
  const after = asked.cursor === undefined ? undefined : deps.cursors.decode(scope, asked.cursor, place);
  const page = { after, limit: Math.max(asked.count, 1) };
  const { entries, next } = await readExtract(deps.desk, askingOf(request), patientId, page);
  return sendFound(deps, request, reply, asked, {
    type: 'AuditEvent',
    resources: entries.map((entry) => auditEventFrom(entry, patientId)),
    patientId,
    ...(next && { next: deps.cursors.encode(scope, next) }),
  });
}
