import type { FastifyReply, FastifyRequest } from 'fastify';
import { unsupportedMediaType } from '../../http/problems.ts';
import type { Server } from '../../http/server.ts';
import type { FhirDeps } from '../deps.ts';
import { WRITABLE, type WritableType } from '../mapping/in/writable.ts';
import { answerWrite } from '../write/answer.ts';
import { createOne, type Makeable } from '../write/create.ts';
import { judged } from '../write/judge.ts';
import { patchOne, updateOne } from '../write/update.ts';

const EVERYONE = ['staff', 'citizen', 'system'] as const;

/** All that writing a type may come to: what is done is decided by what differs, each change under its own decision. */
export const WRITE_ACTIONS: Readonly<Record<WritableType, readonly string[]>> = {
  CarePlan: ['plan.create', 'plan.change', 'plan.transition', 'plan.read'],
  Task: [
    'step.add',
    'step.change',
    'step.answer',
    'step.report',
    'plan.add-content',
    'content.change',
    'commitment.answer',
    'commitment.judge',
    'plan.read',
    'plan.list',
  ],
  Goal: ['plan.add-content', 'content.change', 'plan.read', 'plan.list'],
  CareTeam: ['plan.add-content', 'content.change', 'participant.answer', 'plan.read', 'plan.list'],
  Communication: ['remark.write', 'content.change', 'plan.read', 'plan.list'],
};

export const PATCH_JSON = 'application/json-patch+json';

/** Creates, updates and patches: the changes of `/v1`, asked for in another form. */
export function registerWrites(door: Server, deps: FhirDeps): void {
  for (const type of WRITABLE) {
    const access = { config: { access: { actions: WRITE_ACTIONS[type], actors: EVERYONE } } };
    if (type !== 'CarePlan') door.post(`/${type}`, access, (request, reply) => create(deps, type, request, reply));
    door.put(`/${type}/:id`, access, async (request, reply) => {
      const { id } = request.params as { id: string };
      return answerWrite(deps, request, reply, await updateOne(deps, request, { type, id }, request.body));
    });
    door.patch(`/${type}/:id`, access, async (request, reply) => {
      if (!request.headers['content-type']?.startsWith(PATCH_JSON)) throw unsupportedMediaType();
      const { id } = request.params as { id: string };
      return answerWrite(deps, request, reply, await patchOne(deps, request, { type, id }, request.body));
    });
  }
}

async function create(deps: FhirDeps, type: WritableType, request: FastifyRequest, reply: FastifyReply) {
  const sent = judged(request.body, type) as Makeable;
  return answerWrite(deps, request, reply, await createOne(deps, request, sent));
}
