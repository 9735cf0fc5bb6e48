import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ExtractPage, readExtract, readLogEntry } from '../../audit-log/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import { auditEventFrom } from '../mapping/audit-event.ts';
import { searchParameterInvalid, undefinedIfAbsent } from '../problems.ts';
import { alternatives, testsAmong } from '../search/criteria.ts';
import { boundsOf } from '../search/dates.ts';
import { moment, type Parameter } from '../search/parameter.ts';
import type { SearchRequest } from '../search/sent.ts';
import { demandReach } from '../smart/narrow.ts';
import { READ_LOG } from './access.ts';
import { sendFound } from './found.ts';
import { readPersonSearch } from './person-search.ts';
import { thingOf } from './read-routes.ts';
import { sendResource } from './reply.ts';

const WHEN: Parameter<fhir4.AuditEvent> = {
  type: 'date',
  documentation: 'När det skedde.',
  ranges: ({ recorded }) => moment(recorded),
};

/** What entries are judged by as they are told, so that nobody finds more than is told: both dates are one, since none is changed. */
const TOLD: Readonly<Record<string, Parameter<fhir4.AuditEvent>>> = {
  date: WHEN,
  _lastUpdated: WHEN,
  action: {
    type: 'token',
    documentation: 'Vad som gjordes: R läste, U skrev, D gallrade.',
    tokens: ({ action }) => (action === undefined ? [] : [{ code: action }]),
  },
  outcome: {
    type: 'token',
    documentation: 'Om det beviljades (0) eller nekades (4).',
    tokens: ({ outcome }) => (outcome === undefined ? [] : [{ code: outcome }]),
  },
};

/** What the log is searched by: whose, one entry, and what of an entry is told. */
export const LOG_PARAMETERS: readonly string[] = ['_id', 'patient', ...Object.keys(TOLD)];

/** Each is a read of its own, with an entry of its own in the log. */
const MOST_IDS = 50;

const place = z.object({ at: z.string(), id: z.string() });

/** The access log: who has seen what, to be read and never changed. */
export function registerLogReads(door: Server, deps: FhirDeps): void {
  door.get('/AuditEvent/:id', READ_LOG, async (request, reply) => {
    const ref = thingOf((request.params as { id: string }).id);
    const entry = await readLogEntry(deps.desk, askingOf(request), ref);
    return sendResource(reply, demandReach(request, auditEventFrom(entry, ref.patientId), ref.patientId));
  });
  const handler = (request: FastifyRequest, reply: FastifyReply) => accessLog(deps, request, reply);
  door.get('/AuditEvent', READ_LOG, handler);
  door.post('/AuditEvent/_search', READ_LOG, handler);
}

/** Who has seen what: to the patient all of it, to staff who hand it out what their own provider answers for. */
async function accessLog(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { asked, patientId } = await readPersonSearch(deps, request, LOG_PARAMETERS, 'log.extract');
  const tests = testsAmong(TOLD, asked.criteria);
  if (patientId === undefined) return sendFound(deps, request, reply, asked, { type: 'AuditEvent', resources: [] });
  const ids = asked.criteria.filter(({ name }) => name === '_id').map(({ value }) => new Set(alternatives(value)));
  const answer = ids[0] ? await entriesById(deps, request, ids) : await pageOf(deps, request, asked, patientId);
  const resources = answer.entries.filter((one) => tests.every((test) => test(one)));
  return sendFound(deps, request, reply, asked, { type: 'AuditEvent', resources, patientId, ...answer.more });
}

const datesOf = ({ criteria }: SearchRequest) =>
  criteria.filter(({ name }) => name === 'date' || name === '_lastUpdated');

/** From when until when all of the criteria look; those with alternatives, and `ne`, are for the entries themselves. */
function boundsIn(asked: SearchRequest): Pick<ExtractPage, 'from' | 'until'> {
  const single = datesOf(asked).filter(({ value }) => alternatives(value).length === 1);
  const bounds = single.map(({ value }) => boundsOf(value));
  const froms = bounds.flatMap(({ from }) => from ?? []);
  const untils = bounds.flatMap(({ to }) => to ?? []);
  return {
    ...(froms.length > 0 && { from: Math.max(...froms) }),
    ...(untils.length > 0 && { until: Math.min(...untils) }),
  };
}

async function pageOf(deps: FhirDeps, request: FastifyRequest, asked: SearchRequest, patientId: PatientId) {
  const filter = { patientId, told: asked.criteria.filter(({ name }) => Object.hasOwn(TOLD, name)) };
  const scope = { actor: actorKey(request.actor), route: `${deps.prefix}/AuditEvent`, filter };
  const after = asked.cursor === undefined ? undefined : deps.cursors.decode(scope, asked.cursor, place);
  const page = { ...boundsIn(asked), after, limit: Math.max(asked.count, 1) };
  const { entries, next } = await readExtract(deps.desk, askingOf(request), patientId, page);
  return {
    entries: entries.map((entry) => auditEventFrom(entry, patientId)),
    more: next && { next: deps.cursors.encode(scope, next) },
  };
}

/** Entries by their ids, each read as by its address: one that this reader may not be told is not found. */
async function entriesById(deps: FhirDeps, request: FastifyRequest, [first, ...others]: readonly Set<string>[]) {
  const wanted = [...first!].filter((id) => others.every((one) => one.has(id)));
  if (wanted.length > MOST_IDS) {
    const reason = wrong('_id', `Högst ${MOST_IDS} åt gången.`, `At most ${MOST_IDS} at a time.`);
    throw searchParameterInvalid({ invalidParameters: [reason] });
  }
  const entries: fhir4.AuditEvent[] = [];
  for (const id of wanted) {
    const ref = thingOf(id);
    const entry = await readLogEntry(deps.desk, askingOf(request), ref).catch(undefinedIfAbsent);
    if (entry) entries.push(auditEventFrom(entry, ref.patientId));
  }
  return { entries, more: { total: entries.length } };
}
