import type { FastifyReply, FastifyRequest } from 'fastify';
import { findConsent, listConsents } from '../../consents/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import type { PatientId, ThingRef } from '../../shared/ids.ts';
import { Problem } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import { readSharing, type SharingThings } from '../../sharing/index.ts';
import type { FhirDeps } from '../deps.ts';
import { blockFrom, type ConsentView, consentFrom } from '../mapping/consent.ts';
import { alternatives, testsAmong } from '../search/criteria.ts';
import { codes, moment, type Parameter, period } from '../search/parameter.ts';
import { demandReach } from '../smart/narrow.ts';
import { READ_CONSENTS } from './access.ts';
import { sendFound } from './found.ts';
import { isAsked, readPersonSearch } from './person-search.ts';
import { thingOf } from './read-routes.ts';
import { sendResource } from './reply.ts';

const TESTED: Readonly<Record<string, Parameter<fhir4.Consent>>> = {
  category: { type: 'token', documentation: 'Slag av samtycke eller spärr.', tokens: (one) => codes(one.category) },
  status: { type: 'token', documentation: 'Läge.', tokens: ({ status }) => [{ code: status }] },
  scope: { type: 'token', documentation: 'Vad det är fråga om.', tokens: (one) => codes([one.scope]) },
  date: { type: 'date', documentation: 'När det skrevs.', ranges: (one) => moment(one.dateTime) },
  period: { type: 'date', documentation: 'När det gäller.', ranges: (one) => period(one.provision?.period) },
};

/** What consents and blocks are searched by. */
export const CONSENT_PARAMETERS = ['_id', 'patient', ...Object.keys(TESTED)] as const;

/** Consents and blocks: what a person has said of who may see what. */
export function registerConsentReads(door: Server, deps: FhirDeps): void {
  door.get('/Consent/:id', READ_CONSENTS, async (request, reply) => {
    const ref = thingOf((request.params as { id: string }).id);
    return sendResource(reply, demandReach(request, await readOne(deps, request, ref), ref.patientId));
  });
  const handler = (request: FastifyRequest, reply: FastifyReply) => consents(deps, request, reply);
  door.get('/Consent', READ_CONSENTS, handler);
  door.post('/Consent/_search', READ_CONSENTS, handler);
}

const viewAt = ({ urls, desk }: FhirDeps, patientId: PatientId): ConsentView => ({
  urls,
  patientId,
  now: desk.clock.now(),
});

/** A consent, else a block for those who may read blocks: for anyone else there is none with that id. */
async function readOne(deps: FhirDeps, request: FastifyRequest, ref: ThingRef): Promise<fhir4.Consent> {
  const view = viewAt(deps, ref.patientId);
  const consent = await findConsent(deps.desk, askingOf(request), ref);
  if (consent) return consentFrom(view, consent);
  const [block] = await blocksOf(deps, request, ref.patientId, ref).catch(absent);
  return blockFrom(view, block!);
}

function absent(error: unknown): never {
  throw error instanceof Problem && error.status === 403 ? notFound() : error;
}

function blocksOf(
  deps: FhirDeps,
  request: FastifyRequest,
  patientId: PatientId,
  about?: ThingRef,
): Promise<readonly SharingThings['block'][]> {
  const targetOf = ({ provider, unit }: { provider: string; unit?: string }) => ({ provider, ...(unit && { unit }) });
  const spec = { action: 'block.read', kind: 'block', patientId, targetOf, ...(about && { about }) } as const;
  return readSharing(deps.desk, askingOf(request), spec);
}

/** Blocks are for the person and for who administers them: staff are given them when they ask for that category. */
async function consents(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { asked, patientId } = await readPersonSearch(deps, request, CONSENT_PARAMETERS, 'consent.read');
  if (patientId === undefined)
    return sendFound(deps, request, reply, asked, { type: 'Consent', resources: [], total: 0 });
  const tests = testsAmong(TESTED, asked.criteria);
  const view = viewAt(deps, patientId);
  const categories = asked.criteria.filter(({ name }) => name === 'category').map(({ value }) => alternatives(value));
  const blocksAsked = categories.flat().some((one) => /(?:^|\|)(?:inner|outer)-block$/.test(one));
  const withBlocks = blocksAsked || (request.actor.kind === 'citizen' && categories.length === 0);
  const blocks = withBlocks ? await blocksOf(deps, request, patientId) : [];
  // Last: who may not ask of blocks is refused with nothing in the log as read.
  const given = await listConsents(deps.desk, askingOf(request), patientId);
  const all = [...given.map((one) => consentFrom(view, one)), ...blocks.map((one) => blockFrom(view, one))];
  const found = all.filter((one) => isAsked(one, asked) && tests.every((test) => test(one)));
  return sendFound(deps, request, reply, asked, { type: 'Consent', resources: found, patientId, total: found.length });
}
