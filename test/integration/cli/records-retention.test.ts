import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import {
  ASSESSORS,
  createPlan,
  createTestApp,
  HOME_CARE,
  planUrl,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let ester: string;
let plan: WholePlan;
let love: string;

beforeAll(async () => {
  service = await createTestApp();
  ester = await registerPatient(service, 'ester');
  love = await registerPatient(service, 'love');
  const steps = [
    { title: 'Utredning', responsibleParty: { kind: 'municipality-social', unit: unit('0301') } },
    { title: 'Viktkontroll', responsibleParty: { kind: 'municipality-health', unit: unit('0302') } },
  ];
  plan = await createPlan(service, ester, { steps });
  const goal = { text: 'Bo kvar hemma', whose: 'professional' };
  for (const persona of [ASSESSORS, HOME_CARE]) {
    expect((await service.as(persona).post(`${planUrl(plan)}/goals`, goal)).status).toBe(201);
  }
});
afterAll(() => service.close());

async function retention(...args: string[]) {
  const out: string[] = [];
  const env = { DATABASE_RETENTION_URL: service.database.retentionUrl };
  const print = (line: string) => out.push(line);
  const code = await runCli(COMMANDS, ['records', 'retention', ...args], { env, out: print, err: print });
  return { code, out: out.join('\n') };
}

/** Lets everything that a provider has written be so many years old. */
async function age(provider: string, years: number) {
  const { rows } = await service.owner.query<{ name: string }>('select record_tables(false) as name');
  for (const name of [...rows.map((row) => row.name), 'plans']) {
    const text = `update ${name} set changed_at = now() - make_interval(years => $2) where recorded_provider = $1`;
    await service.owner.query(text, [provider, years]);
  }
}

const count = async (table: string, provider: string) => {
  const text = `select count(*)::int as n from ${table} where recorded_provider = $1`;
  return (await service.owner.query<{ n: number }>(text, [provider])).rows[0]!.n;
};
const TODAY = new Date().toISOString().slice(0, 10);

/** In the order in which it happens. */
describe('culling, owner by owner', () => {
  test('finds nothing that is younger than it is kept, whatever the day says', async () => {
    await age(unit('O01'), 4);
    await age(unit('R01'), 9);
    expect(await retention('--before', TODAY)).toEqual({
      code: 0,
      out: 'Inget att gallra: inget är äldre än det ska bevaras.',
    });
  });

  test('explains what would go, and takes nothing', async () => {
    await age(unit('O01'), 6);
    const told = await retention('--before', TODAY);
    expect(told.out).toMatch(new RegExp(`${ester}  ${unit('O01')}  SoL: \\d+ uppgifter`));
    expect(told.out).not.toContain(unit('R01'));
    expect(await count('goals', unit('O01'))).toBe(1);
    expect((await retention('--before', TODAY, '--keep', ester)).out).toMatch(/^Inget att gallra/);
    expect((await retention('--before', '2001-01-01')).out).toMatch(/^Inget att gallra/);
  });

  test('takes one owner’s contributions with their history, and leaves everybody else’s', async () => {
    const before = await count('goals', unit('R01'));
    expect((await retention('--before', TODAY, '--run')).out).toMatch(/^Gallrat: \d+ uppgifter i 1 akter\.$/);
    for (const table of ['goals', 'goals_history']) expect(await count(table, unit('O01'))).toBe(0);
    expect(await count('goals', unit('R01'))).toBe(before);
    const seen = await service.as(WARD).get<WholePlan>(planUrl(plan));
    expect(seen.status).toBe(200);
    expect(seen.body.goals).toHaveLength(2);
  });

  test('stands in the person’s own log', async () => {
    const { rows } = await service.owner.query(
      `select e.action, e.activity, e.user_kind, e.hits from audit_entries e where e.patient_id = $1 and e.action = 'retention.run'`,
      [parsePatientId(ester)],
    );
    expect(rows).toMatchObject([{ activity: 'Radera', user_kind: 'operator' }]);
  });

  test('keeps health care ten years, and the header while anybody has something in the plan', async () => {
    await age(unit('R01'), 11);
    const due = await retention('--before', TODAY);
    expect(due.out).toContain(`${unit('R01')}  HSL`);
    expect((await retention('--before', TODAY, '--run')).code).toBe(0);
    expect([await count('goals', unit('R01')), await count('plans', unit('R01'))]).toEqual([0, 1]);
    await age(unit('K01'), 11);
    expect((await retention('--before', TODAY, '--run')).code).toBe(0);
    expect([await count('goals', unit('K01')), await count('plans', unit('R01'))]).toEqual([0, 1]);
    // Now that nobody has anything in it, the header is due as well.
    expect((await retention('--before', TODAY, '--run')).out).toBe('Gallrat: 1 uppgifter i 1 akter.');
    expect(await count('plans', unit('R01'))).toBe(0);
    const { rows } = await service.owner.query<{ n: number }>('select count(*)::int as n from patients');
    expect(rows[0]!.n).toBe(2);
  });

  test('keeps social services’ records of those born on the 5th, 15th or 25th', async () => {
    const born = await service.as('maj-modell').post<{ id: string }>('/v1/patients', {
      personNumber: '99261105R901',
      givenName: 'Okänd',
      familyName: 'Person',
    });
    expect(born.status).toBe(201);
    const { rows } = await service.owner.query<{ kept: boolean }>(
      `select is_kept_for_research($1) as kept union all select is_kept_for_research($2)`,
      [parsePatientId(born.body.id), parsePatientId(love)],
    );
    // A reserve number tells no day of birth; Love is born on the 13th.
    expect(rows.map(({ kept }) => kept)).toEqual([false, false]);
    await service.owner.query(
      `update patients set content = jsonb_set(content, '{numbers,0,digits}', '"200605152380"') where patient_id = $1`,
      [parsePatientId(love)],
    );
    const again = await service.owner.query<{ kept: boolean }>('select is_kept_for_research($1) as kept', [
      parsePatientId(love),
    ]);
    expect(again.rows[0]!.kept).toBe(true);
  });

  test('is called rightly or not at all', async () => {
    expect((await retention()).code).toBe(2);
    expect((await retention('--before', 'snart')).code).toBe(2);
    expect((await retention('--before', TODAY, '--keep', '19261204-9029')).code).toBe(2);
  });
});
