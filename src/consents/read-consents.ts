import { type Asking, citizenMayKnow, type Desk, momentOf, reading } from '../access/index.ts';
import type { IdempotentResult } from '../db/idempotency.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Consent } from './domain/model.ts';
import { mayKnowConsent, namedAsRecipient, type WhoAsks } from './domain/who-knows.ts';
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
  const isMeant = ({ id, patientId }: Consent) => id === ref.id && patientId === ref.patientId;
  const [consent] = await read(desk, asking, ref.patientId, true, ({ consents }) => consents.filter(isMeant));
  return consent;
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
      const chosen = choose(record);
      const shown = chosen.filter((consent) => mayRead(asking, record, consent));
      if (isOne && chosen.length > 0 && shown.length === 0) throw notFound();
      return { answer: shown, resources: shown.map(consentResource), hits: shown.length };
    },
  });
}

/** Staff by what they have to do with it; the patient's side what is in direct access. */
function mayRead(asking: Asking, record: ConsentRecord, consent: Consent): boolean {
  if (asking.actor.kind !== 'citizen') return mayKnowConsent(whoAsks(asking, record), consent);
  const { recordedBy, createdAt, recipient } = consent;
  const { unit, provider } = recordedBy;
  const names = namedAsRecipient(recipient, record.recipientUnits);
  return citizenMayKnow(record.facts)({ unit, provider, at: createdAt, names });
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
