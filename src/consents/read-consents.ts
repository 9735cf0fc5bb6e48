import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { IdempotentResult } from '../db/idempotency.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Consent } from './domain/model.ts';
import { mayKnowConsent, type WhoAsks } from './domain/who-knows.ts';
import { consentResource } from './store/changes.ts';
import { type ConsentRecord, loadConsents } from './store/record.ts';

/** Lists a person's consents, ended ones too, in the order they were taken: for staff, and for the patient. */
export function listConsents(desk: Desk, asking: Asking, patientId: PatientId): Promise<readonly Consent[]> {
  return read(desk, asking, patientId, false, ({ consents }) => consents);
}

/** Reads one consent. @throws notFound */
export async function readConsent(desk: Desk, asking: Asking, ref: ThingRef): Promise<Consent> {
  const [consent] = await read(desk, asking, ref.patientId, true, (record) => [demandConsent(record, ref)]);
  return consent!;
}

/**
 * Looks for one consent by an id that may be of something else: undefined then, and nothing has left.
 *
 * @throws notFound for a consent that the reader may not know of
 */
export async function findConsent(desk: Desk, asking: Asking, ref: ThingRef): Promise<Consent | undefined> {
  let isConsent = true;
  const shown = await read(desk, asking, ref.patientId, false, (record) => {
    const named = record.consents.filter(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
    isConsent = named.length > 0;
    return named;
  });
  if (isConsent && shown.length === 0) throw notFound();
  return shown[0];
}

function read(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  isOne: boolean,
  choose: (record: ConsentRecord) => readonly Consent[],
): Promise<readonly Consent[]> {
  return reading(desk, asking, {
    action: 'consent.read',
    load: () => loadConsents(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => record.facts,
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      if (!record.goesBy) throw notFound();
      const shown = choose(record).filter((consent) => mayKnowConsent(whoAsks(asking, record), consent));
      if (isOne && shown.length === 0) throw notFound();
      return { answer: shown, resources: shown.map(consentResource), hits: shown.length };
    },
  });
}

function whoAsks({ actor }: Asking, { facts, plansOfUnit }: ConsentRecord): WhoAsks {
  return { actor, unit: facts.actorUnit, plansOfUnit };
}

/** The consent that a request names. @throws notFound */
export function demandConsent(record: ConsentRecord, ref: ThingRef): Consent {
  const found = record.consents.find(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
  if (!found) throw notFound();
  return found;
}

/** What an earlier request with the same key made, as it is now. */
export function madeConsent(record: ConsentRecord, made: IdempotentResult): Consent {
  return demandConsent(record, { patientId: made.patientId, id: made.resourceId });
}
