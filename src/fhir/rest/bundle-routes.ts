import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from '../../http/server.ts';
import { answerTransaction } from '../bundle/answer.ts';
import { answerBatch } from '../bundle/batch.ts';
import { addressOf } from '../bundle/items.ts';
import { type BundleEntry, readBundle } from '../bundle/read-bundle.ts';
import { carryOut } from '../bundle/transaction.ts';
import type { FhirDeps } from '../deps.ts';
import { answerWrite } from '../write/answer.ts';
import { headerOf } from '../write/create.ts';
import { judged } from '../write/judge.ts';
import { FHIR_JSON } from './outcome.ts';
import { WRITE_ACTIONS } from './write-routes.ts';

/** Plans from other systems come as large bundles, most of which is not held. */
const BODY_LIMIT = 4 * 1024 * 1024;

const EVERYONE = ['staff', 'citizen', 'system'] as const;
const ALL_WRITES = [...new Set([...Object.values(WRITE_ACTIONS).flat(), 'patient.find', 'plan.look-up'])];

/** Several things at once: a batch, a transaction, and a whole plan, which is one by itself. */
export function registerBundles(door: Server, deps: FhirDeps): void {
  const access = { actions: ALL_WRITES, actors: EVERYONE };
  const options = { bodyLimit: BODY_LIMIT, config: { access } };
  const handler = (request: FastifyRequest, reply: FastifyReply) => bundle(deps, request, reply);
  door.post('/', options, handler);
  door.post(
    '/CarePlan',
    { bodyLimit: BODY_LIMIT, config: { access: { ...access, actors: ['staff'] } } },
    (request, reply) => createPlan(deps, request, reply),
  );
}

async function bundle(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { type, entries } = readBundle(request.body);
  const answer =
    type === 'batch'
      ? await answerBatch(request, deps, entries)
      : await answerTransaction(deps, request, entries, await carryOut(deps, request, entries));
  reply.header('content-type', FHIR_JSON).header('cache-control', 'private, no-store');
  return reply.send(Buffer.from(JSON.stringify(answer)));
}

/** A plan with all that is in it: contained resources and inline activities become its own. */
async function createPlan(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const resource = judged(request.body, 'CarePlan') as fhir4.CarePlan;
  const ifNoneExist = headerOf(request, 'if-none-exist');
  const entry: BundleEntry = {
    index: 0,
    place: 'CarePlan',
    method: 'POST',
    url: 'CarePlan',
    type: 'CarePlan',
    resource,
    ...(ifNoneExist !== undefined && { ifNoneExist }),
  };
  const result = (await carryOut(deps, request, [entry])).get(0);
  if (result?.kind !== 'made') throw new Error('a plan came to nothing');
  const { id } = addressOf(result.made);
  const { revision } = result.made.thing;
  return answerWrite(deps, request, reply, {
    type: 'CarePlan',
    id,
    revision,
    created: result.made.fresh,
    dropped: result.dropped,
  });
}
