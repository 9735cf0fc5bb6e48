import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { SYSTEMS } from '../../../src/fhir/mapping/systems.ts';
import {
  countRows,
  createTestApp,
  NUMBERS,
  registerPatient,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';
import { foreignBundle } from './foreign-plan.ts';
import { R4, writerAt } from './writer.ts';

let service: TestApp;
let folder: string;
let to: string;
let token: string;
let patientId: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service, 'love');
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  to = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}${R4}`;
  token = await service.issuer.signToken(service.as(WARD).persona);
  folder = await mkdtemp(join(tmpdir(), 'fhir-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await service.close();
});

async function cli(...args: string[]) {
  const lines: string[] = [];
  const tell = (line: string) => {
    lines.push(line);
  };
  const code = await runCli(COMMANDS, args, { env: { FHIR_TOKEN: token }, out: tell, err: tell });
  return { code, text: lines.join('\n') };
}

const save = (name: string, content: unknown) => writeFile(join(folder, name), JSON.stringify(content));
const sent = (more: object) => foreignBundle({ personNumber: NUMBERS.love, status: 'draft', ...more } as never);

describe('fhir import', () => {
  test('takes in files and folders, tells of each, and doubles nothing', async () => {
    await save('a.json', sent({ id: 'fil-a' }));
    await save('b.json', sent({ id: 'fil-b', plain: true }));
    const first = await cli('fhir', 'import', folder, '--to', to);
    expect(first.code, first.text).toBe(0);
    expect(first.text).toMatch(/a\.json: 3 nya, 1 fanns redan, 1 utelämnade \(Condition 1\)/);
    expect(first.text).toMatch(/2 filer inlästa, 0 avvisade\. 6 nya uppgifter/);
    const before = await countRows(service.owner);
    const again = await cli('fhir', 'import', folder, '--to', to);
    expect(again.text).toMatch(/2 filer inlästa, 0 avvisade\. 0 nya uppgifter/);
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('finds the person by the option, and gives things without ids those of the file', async () => {
    const path = join(folder, 'goal.json');
    const plan = {
      resourceType: 'CarePlan',
      id: 'ensam',
      status: 'draft',
      intent: 'plan',
      title: 'Ensam plan',
      subject: { reference: 'Patient/annan' },
      activity: [{ detail: { code: { text: 'Promenad' }, status: 'not-started' } }],
    };
    await writeFile(path, JSON.stringify(plan));
    const [first, second] = [
      await cli('fhir', 'import', path, '--to', to, '--patient', patientId),
      await cli('fhir', 'import', path, '--to', to, '--patient', patientId),
    ];
    expect([first.code, second.code], first.text + second.text).toEqual([0, 0]);
    expect(first.text).toContain('1 nya');
    expect(second.text).toContain('0 nya, 1 fanns redan');
  });

  test('puts what comes without a plan into the one that the option names, when the person has several', async () => {
    const add = async (title: string) => {
      const made = await service.as(WARD).post<{ plan: { id: string } }>('/v1/plans', {
        patientId,
        kind: 'OVERENSKOMMELSE',
        title,
        approvedForPatient: true,
      });
      expect(made.status, made.text).toBe(201);
      return made.body.plan.id;
    };
    const [one] = [await add('Den ena'), await add('Den andra')];
    const lone = join(folder, 'ensamma');
    await mkdir(lone);
    const subject = { reference: 'Patient/annan' };
    const period = { start: '2026-11-16' };
    const member = { type: 'Practitioner', display: 'Fia Fiktiv' };
    const things = {
      goal: { resourceType: 'Goal', id: 'm1', lifecycleStatus: 'active', description: { text: 'Gå ut' }, subject },
      contact: {
        ...{ resourceType: 'CareTeam', id: 'k1', status: 'active', subject, period },
        category: [{ coding: [{ system: SYSTEMS.careTeam, code: 'fast-kontakt' }] }],
        participant: [{ role: [{ coding: [{ system: SYSTEMS.namedContact, code: '1' }] }], member }],
        managingOrganization: [{ type: 'Organization', identifier: { system: SYSTEMS.hsaId, value: unit('0101') } }],
      },
      team: {
        ...{ resourceType: 'CareTeam', id: 't1', status: 'active', subject },
        participant: [{ role: [{ text: 'Sjukgymnast' }], member }],
      },
      task: {
        ...{ resourceType: 'Task', id: 's1', status: 'requested', intent: 'plan', code: { text: 'Promenad' } },
        ...{
          basedOn: [{ reference: 'CarePlan/annan' }],
          for: subject,
          owner: { reference: `Organization/${unit('0101')}` },
        },
      },
    };
    for (const [name, thing] of Object.entries(things))
      await writeFile(join(lone, `${name}.json`), JSON.stringify(thing));
    const unsaid = await cli('fhir', 'import', join(lone, 'goal.json'), '--to', to, '--patient', patientId);
    expect([unsaid.code, unsaid.text]).toEqual([1, expect.stringContaining('Ange planen')]);
    const said = await cli('fhir', 'import', lone, '--to', to, '--plan', one, '--strict');
    expect(said.code, said.text).toBe(0);
    expect(said.text).toContain('4 filer inlästa, 0 avvisade. 4 nya uppgifter');
    const again = await cli('fhir', 'import', lone, '--to', to, '--plan', one);
    expect(again.text).toContain('4 filer inlästa, 0 avvisade. 0 nya uppgifter');
    const all = await writerAt(service, WARD).read<fhir4.Bundle>(`CarePlan/${one}/$everything`);
    const told = JSON.stringify(all.body);
    for (const text of ['Gå ut', 'Fia Fiktiv', 'Sjukgymnast', 'Promenad']) expect(told, text).toContain(text);
    // A file with a plan of its own is a plan of its own.
    await save('egen.json', sent({ id: 'egen', plain: true }));
    const own = await cli('fhir', 'import', join(folder, 'egen.json'), '--to', to, '--plan', one);
    expect(own.text).toMatch(/egen\.json: 3 nya/);
    expect((await cli('fhir', 'import', lone, '--plan', NUMBERS.love)).text).not.toContain(NUMBERS.love);
    expect((await cli('fhir', 'import', lone, '--to', 'http://127.0.0.1:1/fhir/R4', '--plan', one)).code).toBe(3);
  });

  test('refuses a whole file strictly, with each place, and says so by its exit code', async () => {
    const path = join(folder, 'strikt.json');
    await writeFile(path, JSON.stringify(sent({ id: 'strikt' })));
    const strict = await cli('fhir', 'import', path, '--to', to, '--strict');
    expect(strict.code).toBe(1);
    expect(strict.text).toContain('Bundle.entry[4].resource: ');
    expect(strict.text).not.toContain(NUMBERS.love);
    await writeFile(path, 'inte json');
    expect((await cli('fhir', 'import', path, '--to', to)).code).toBe(1);
  });

  test('is called rightly, or told how', async () => {
    expect((await cli('fhir', 'import')).code).toBe(2);
    expect((await cli('fhir', 'import', join(folder, 'finns-inte.json'), '--to', to)).code).toBe(2);
    expect((await cli('fhir', 'import', folder, '--patient', NUMBERS.love)).text).not.toContain(NUMBERS.love);
    expect((await cli('fhir', 'import', '--help')).text).toContain('FHIR_TOKEN');
    expect((await cli('fhir', 'import', join(folder, 'a.json'), '--to', 'http://127.0.0.1:1/fhir/R4')).code).toBe(3);
  });
});

/** Another FHIR server: one plan on each page, which breaks off when it is told to. */
function otherServer(plans: number, nextHost?: string) {
  let broken = false;
  const asked: string[] = [];
  const server: Server = createServer((request, reply) => {
    const url = new URL(request.url ?? '', 'http://other');
    asked.push(url.search);
    const page = Number(url.searchParams.get('page') ?? 1);
    if (broken && page > 1) {
      reply.writeHead(503).end();
      return;
    }
    const { entry = [] } = foreignBundle({
      plain: true,
      personNumber: NUMBERS.love,
      id: `sida-${page}`,
      status: 'draft',
    });
    const next =
      page < plans
        ? [{ relation: 'next', url: `http://${nextHost ?? request.headers.host}/fhir?page=${page + 1}` }]
        : [];
    const body = { resourceType: 'Bundle', type: 'searchset', link: next, entry };
    reply.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
  });
  return {
    asked,
    breakOff: (is: boolean) => {
      broken = is;
    },
    listen: async () => {
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

describe('fhir pull', () => {
  test('brings plans over page by page, goes on where it broke off, and doubles nothing', async () => {
    const other = otherServer(3);
    try {
      const url = await other.listen();
      const state = join(folder, 'pull.state');
      const pull = () => cli('fhir', 'pull', url, '--to', to, '--state', state, '--search', 'status=active');
      other.breakOff(true);
      const broken = await pull();
      expect([broken.code, broken.text]).toEqual([3, expect.stringContaining('Servern svarade 503.')]);
      other.breakOff(false);
      const resumed = await pull();
      expect(resumed.code, resumed.text).toBe(0);
      expect(resumed.text).toContain('Fortsätter där förra hämtningen bröts.');
      expect(resumed.text).toContain('2 planer inlästa, 0 avvisade.');
      expect(other.asked[0]).toContain('status=active');
      const before = await countRows(service.owner);
      const again = await pull();
      expect(again.text, again.text).toContain('3 planer inlästa, 0 avvisade. 0 nya uppgifter');
      expect(await countRows(service.owner)).toEqual(before);
    } finally {
      await other.close();
    }
    const plans = await writerAt(service, WARD).read<fhir4.Bundle>(`CarePlan?patient=${patientId}&_count=100`);
    expect(plans.body.total).toBeGreaterThanOrEqual(6);
  });

  test('is not whole when the next page is on another server, to which no ticket is sent', async () => {
    const other = otherServer(2, 'localhost:1');
    try {
      const pulled = await cli('fhir', 'pull', await other.listen(), '--to', to);
      expect([pulled.code, pulled.text]).toEqual([3, expect.stringContaining('hämtningen är inte hel')]);
      expect(other.asked).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  test('needs an address', async () => {
    expect((await cli('fhir', 'pull')).code).toBe(2);
    expect((await cli('fhir', 'pull', 'ftp://x')).code).toBe(2);
  });

  test.each([
    '191212121212',
    '19121212-1212',
    '121212-1212',
    '1212121212',
    '191212721212',
    '19121212%2B1212',
  ])('refuses a number of a person in what is searched for, and does not repeat it: %s', async (number) => {
    const other = otherServer(1);
    try {
      const url = await other.listen();
      const asked = [
        ['--search', `patient.identifier=${encodeURIComponent(SYSTEMS.personnummer)}|${number}`],
        ['--search', `patient:identifier=${number}`],
      ];
      for (const search of asked) {
        const refused = await cli('fhir', 'pull', url, '--to', to, ...search);
        expect([refused.code, refused.text]).toEqual([2, expect.stringContaining('Ett personnummer får inte stå')]);
        expect(refused.text).not.toContain(number);
      }
      expect((await cli('fhir', 'pull', `${url}/Patient/${number}`, '--to', to)).code).toBe(2);
      expect(other.asked).toHaveLength(0);
    } finally {
      await other.close();
    }
  });
});
