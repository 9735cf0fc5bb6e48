import { expect } from 'vitest';
import type { Answer, Caller, TestApp } from '../../support/app.ts';

/** Numbers from Skatteverket's list of test numbers; they belong to nobody. */
export const ESTER = '192612049029';
export const LOVE = '200605132380';
export const MIRZA = '199103162393';
export const PETRA = '198404202387';
export const P7 = '198804232380';

export interface PatientBody {
  readonly id: string;
  readonly otherIds: readonly string[];
  readonly revision: number;
  readonly personNumbers?: readonly { readonly kind: string; readonly number: string; readonly current: boolean }[];
  readonly relatedPersons: readonly { readonly id: string; readonly name: string; readonly personNumber?: string }[];
}

let reserves = 0;

/** A reserve number that no test has used before. */
export function newReserve(): string {
  reserves += 1;
  return `99261116R${String(reserves).padStart(3, '0')}`;
}

/** Registers a person, by default with a new reserve number, and gives the answer's body. */
export async function register(caller: Caller, more: Record<string, unknown> = {}): Promise<PatientBody> {
  const person = { personNumber: newReserve(), givenName: 'Okänd', familyName: 'Person', ...more };
  const reply = await caller.post<PatientBody>('/v1/patients', person);
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}

export const ifMatch = (revision: number) => ({ 'if-match': `"${revision}"` });
export const once = (key: string) => ({ 'idempotency-key': key });

export interface AuditRow {
  readonly action: string;
  readonly outcome: string;
  readonly patient_id: string;
  readonly particulars: Record<string, unknown> | null;
  readonly hits: number | null;
  readonly resource_kinds: readonly string[];
}

/** The log entries that one request left, in the order they were made. */
export async function auditOf(service: TestApp, reply: Answer<unknown>): Promise<AuditRow[]> {
  const { rows } = await service.owner.query<AuditRow>(
    `select action, outcome, patient_id, particulars, hits, resource_kinds from audit_entries where request_id = $1
      order by patient_id`,
    [reply.headers['x-request-id']],
  );
  return rows;
}

/** How many rows there are, past row-level security. */
export async function count(service: TestApp, from: string, values: unknown[] = []): Promise<number> {
  const { rows } = await service.owner.query<{ n: number }>(`select count(*)::int as n from ${from}`, values);
  return rows[0]!.n;
}

export const NIL = '00000000-0000-0000-0000-000000000000';
