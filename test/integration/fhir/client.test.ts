import type { AddressInfo } from 'node:net';
import { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createPlan,
  createTestApp,
  registerPatient,
  type TestApp,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { R4 } from './writer.ts';

let service: TestApp;
let plan: WholePlan;
let client: Client;

beforeAll(async () => {
  service = await createTestApp();
  plan = await createPlan(service, await registerPatient(service));
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = service.app.server.address() as AddressInfo;
  const bearerToken = await service.issuer.signToken(service.as(WARD).persona);
  client = new Client({ baseUrl: `http://127.0.0.1:${port}${R4}`, bearerToken });
});
afterAll(() => service.close());

const asTask = (answer: unknown) => answer as fhir4.Task;
const status = (wanted: number) => ({ response: { status: wanted } });

function newTask(id: string) {
  return {
    resourceType: 'Task',
    status: 'requested',
    intent: 'plan',
    identifier: [{ system: 'https://journal.example/steg', value: id }],
    basedOn: [{ reference: `CarePlan/${plan.plan.id}` }],
    code: { text: 'Sårkontroll' },
  };
}

test('a client that we did not write creates, updates, patches, sends bundles and reads what has been', async () => {
  const once = { headers: { 'if-none-exist': 'identifier=https://journal.example/steg|k1' } };
  const body = newTask('k1');
  const created = asTask(await client.create({ resourceType: 'Task', body, options: once }));
  const again = asTask(await client.create({ resourceType: 'Task', body, options: once }));
  expect(again.id).toBe(created.id);

  const id = created.id!;
  const ifMatch = (version: string) => ({ headers: { 'if-match': `W/"${version}"` } });
  const changed = { ...created, description: 'Titta på såret' } as never;
  const updated = asTask(await client.update({ resourceType: 'Task', id, body: changed, options: ifMatch('1') }));
  expect(updated.meta?.versionId).toBe('2');
  const stale = client.update({ resourceType: 'Task', id, body: changed, options: ifMatch('1') });
  await expect(stale).rejects.toMatchObject(status(412));
  const careless = client.update({ resourceType: 'Task', id, body: changed });
  await expect(careless).rejects.toMatchObject(status(428));

  const jsonPatch = [{ op: 'replace' as const, path: '/description', value: 'Titta och lägg om' }];
  const patched = asTask(await client.patch({ resourceType: 'Task', id, jsonPatch, options: ifMatch('2') }));
  expect(patched).toMatchObject({ description: 'Titta och lägg om', meta: { versionId: '3' } });

  const entry = [{ resource: newTask('k2'), request: { method: 'POST', url: 'Task' } }];
  const transaction: unknown = await client.transaction({
    body: { resourceType: 'Bundle', type: 'transaction', entry },
  });
  expect(transaction).toMatchObject({ type: 'transaction-response', entry: [{ response: { status: '201 Created' } }] });

  const history = (await client.history({ resourceType: 'Task', id })) as unknown as fhir4.Bundle<fhir4.Task>;
  expect(history.entry!.map(({ resource }) => resource!.meta!.versionId)).toEqual(['3', '2', '1']);
  const first = asTask(await client.vread({ resourceType: 'Task', id, version: '1' }));
  expect(first.description).toBe('Sårkontroll');
});
