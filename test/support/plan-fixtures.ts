import pg from 'pg';
import { type Answer, type Caller, createTestApp, type TestApp } from './app.ts';
import { shareFully } from './law-fixtures.ts';

/** The demonstration's units by the end of their HSA-id. */
export const unit = (suffix: string) => `SE0000000000-TST${suffix}`;

export const WARD = 'tove-testrup';
export const CLINIC = 'maj-modell';
export const HOME_CARE = 'hanna-hittepa';
export const HOME_HELP = 'nils-norrprov';
export const ASSESSORS = 'kim-ovning';
export const SCHOOL = 'elin-demo';
/** Takes part in nothing unless a test says so. */
export const STRANGER = 'runa-modell';

export const NUMBERS = {
  ester: '192612049029',
  love: '200605132380',
  mirza: '199103162393',
  petra: '198404202387',
  p7: '198804232380',
} as const;
export type PatientPersona = keyof typeof NUMBERS;

export interface Thing extends Record<string, unknown> {
  readonly id: string;
  readonly revision: number;
}

/** A whole plan as `/v1` answers with it. */
export interface WholePlan extends Record<string, unknown> {
  readonly plan: Thing & { readonly status: string };
  readonly whatMatters: Thing[];
  readonly goals: Thing[];
  readonly namedContacts: Thing[];
  readonly participants: (Thing & { readonly party: { readonly kind: string; readonly unit?: string } })[];
  readonly steps: (Thing & { readonly title: string; readonly state: string; readonly responsibleNow: string })[];
  readonly reports: Thing[];
  readonly selfCareAssessments: Thing[];
  readonly commitments: Thing[];
  readonly safetyNet: Thing[];
  readonly agreementVersions: Thing[];
  readonly agreementActs: Thing[];
  readonly followUps: Thing[];
  readonly links: Thing[];
  readonly remarks: Thing[];
  readonly handovers: Thing[];
  readonly feedback: Thing[];
}

/** Registers a demonstration patient, or finds the one that is there; gives the public id. */
export async function registerPatient(service: TestApp, persona: PatientPersona = 'ester'): Promise<string> {
  const [givenName, familyName = 'Person'] = service.as(persona).persona.name.split(' ');
  const reply = await service
    .as(CLINIC)
    .post<{ id: string }>('/v1/patients', { personNumber: NUMBERS[persona], givenName, familyName });
  if (reply.status === 201) return reply.body.id;
  const found = await service
    .as(CLINIC)
    .post<{ items: { id: string }[] }>('/v1/patients/search', { personNumber: NUMBERS[persona] });
  const patient = found.body.items?.[0];
  if (!patient) throw new Error(`no patient: ${reply.text} ${found.text}`);
  return patient.id;
}

/** What a plan is made of in most tests: something of each kind, and steps for four parties. */
export function planBody(patientId: string, more: object = {}): Record<string, unknown> {
  return {
    patientId,
    kind: 'SPU',
    status: 'proposed',
    title: 'Hem från lasarettet',
    approvedForPatient: true,
    whatMatters: [{ text: 'Jag vill hem till min stol vid fönstret.' }],
    goals: [{ text: 'Gå till brevlådan varannan dag', whose: 'patient' }],
    namedContacts: [{ ref: 'maj', role: 'fast-vardkontakt', state: 'requested', unit: unit('0201') }],
    participants: [
      { party: { kind: 'region', unit: unit('0201') } },
      { party: { kind: 'municipality-social', unit: unit('0303') } },
      { party: { kind: 'other', unit: unit('0305') }, role: 'Elevhälsa' },
    ],
    steps: [
      {
        ref: 'list',
        title: 'Läkemedelslista',
        clinicalText: 'Se över diuretika',
        time: { form: 'latest-by', by: '2026-11-20' },
      },
      {
        ref: 'weight',
        title: 'Viktkontroll',
        patientText: 'Hemsjukvården kommer och väger dig.',
        responsibleParty: { kind: 'municipality-health', unit: unit('0302') },
        time: { form: 'latest-by', by: '2026-11-22' },
        predecessors: ['list'],
        contact: { namedContactRef: 'maj' },
      },
      { title: 'Promenad', responsibleParty: { kind: 'patient' }, ownYes: { method: 'oral' } },
      { title: 'Samtal i skolan', responsibleParty: { kind: 'other', unit: unit('0305') } },
    ],
    commitments: [
      { by: { kind: 'region', unit: unit('0101') }, to: { kind: 'patient' }, text: 'Vi ringer tillbaka samma dag.' },
      { by: { kind: 'region', unit: unit('0201') }, to: { kind: 'patient' }, text: 'Vi svarar inom en dag.' },
    ],
    safetyNet: [{ level: 'yellow', sign: 'Vikten går upp 2 kg på 3 dagar', advice: 'Ring samma dag' }],
    followUps: [{ plannedOn: '2026-12-11' }],
    links: [{ to: 'medicines', title: 'Läkemedelslistan', url: 'https://example.org/lakemedel' }],
    ...more,
  };
}

/** Creates a plan and gives it as its writer sees it. */
export async function createPlan(
  service: TestApp,
  patientId: string,
  more: object = {},
  persona: string = WARD,
): Promise<WholePlan> {
  const reply = await service.as(persona).post<WholePlan>('/v1/plans', planBody(patientId, more));
  if (reply.status !== 201) throw new Error(`no plan: ${reply.text}`);
  await shareFully(service, patientId, reply.body.plan.id);
  return readPlan(service.as(persona), reply.body);
}

export const planUrl = (plan: WholePlan) => `/v1/plans/${plan.plan.id}`;

export async function readPlan(caller: Caller, plan: WholePlan): Promise<WholePlan> {
  const reply = await caller.get<WholePlan>(planUrl(plan));
  if (reply.status !== 200) throw new Error(`not read: ${reply.text}`);
  return reply.body;
}

export const stepNamed = (plan: WholePlan, title: string) => {
  const step = plan.steps.find((one) => one.title === title);
  if (!step) throw new Error(`no step ${title}`);
  return step;
};

export const participantOf = (plan: WholePlan, suffix: string) => {
  const participant = plan.participants.find(({ party }) => party.unit === unit(suffix));
  if (!participant) throw new Error(`no participant ${suffix}`);
  return participant;
};

export const ifMatch = (thing: { readonly revision: number }) => ({ 'if-match': `"${thing.revision}"` });

/** Marks a caller's unit as taking part. */
export async function acceptInvitation(service: TestApp, plan: WholePlan, persona: string, suffix: string) {
  const one = participantOf(plan, suffix);
  return service.as(persona).post(`${planUrl(plan)}/participants/${one.id}/accept`, {}, ifMatch(one));
}

/** What a problem answer holds, for comparing. */
export interface ProblemBody extends Record<string, unknown> {
  readonly code: string;
  readonly invalidParameters?: readonly { readonly name: string; readonly reason: string }[];
}

export function problemOf(reply: Answer): ProblemBody & { status: number } {
  return { ...(reply.body as ProblemBody), status: reply.status };
}

const DATA_TABLES = `select table_name as name from information_schema.tables
  where table_schema = 'public' and table_type = 'BASE TABLE'
    and table_name !~ '^audit_(entries_|sealed|unsealed)' and table_name not in ('service_mark', 'schema_migrations')`;

/** How many rows each table has; the access log only when asked for, since refusals are written there. */
export async function countRows(owner: pg.Pool, withLog = false): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ name: string }>(DATA_TABLES);
  const names = rows.map(({ name }) => name).filter((name) => withLog || name !== 'audit_entries');
  const counts = names.map((name) => `'${name}', (select count(*) from ${pg.escapeIdentifier(name)})`);
  const halves = [counts.slice(0, 40), counts.slice(40)].filter((half) => half.length > 0);
  const found: Record<string, number> = {};
  for (const half of halves) {
    const one = await owner.query<{ counted: Record<string, number> }>(
      `select json_build_object(${half.join(', ')}) as counted`,
    );
    Object.assign(found, one.rows[0]!.counted);
  }
  return found;
}

/** One row of the access log as tests compare it. */
export interface LoggedEntry {
  readonly patient: string;
  readonly activity: string;
  readonly action: string;
  readonly purpose: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly user_id: string;
  readonly user_name: string | null;
  readonly user_unit: string | null;
  readonly user_provider: string | null;
  readonly resource_kinds: string[];
  readonly resource_ids: string[];
  readonly resource_owners: string[];
  readonly particulars: Record<string, unknown> | null;
  readonly hits: number | null;
  readonly request_id: string;
  readonly route: string;
}

/** What a request left in the access log. */
export async function entriesOf(owner: pg.Pool, reply: Answer): Promise<LoggedEntry[]> {
  const { rows } = await owner.query<LoggedEntry>(
    `select *, patient_id as patient from audit_entries where request_id = $1 order by id`,
    [reply.headers['x-request-id']],
  );
  return rows;
}

/** The texts of the statements that `work` sends through any pool of this process, one per trip. */
export async function statementsOf<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const run = pg.Client.prototype.query;
  const recording = function (this: pg.Client, ...sent: unknown[]): unknown {
    const [statement] = sent as [string | { text?: string }];
    statements.push(typeof statement === 'string' ? statement : (statement.text ?? ''));
    return Reflect.apply(run, this, sent);
  };
  pg.Client.prototype.query = recording as typeof run;
  try {
    return { result: await work(), statements };
  } finally {
    pg.Client.prototype.query = run;
  }
}

export { createTestApp, type TestApp };
