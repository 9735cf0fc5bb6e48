import {
  type Action,
  type Answered,
  type Asking,
  changedBy,
  type Desk,
  type Facts,
  type Grant,
  legalBasisOf,
  momentOf,
  ownerOf,
  personFactParts,
  reading,
  readPersonFacts,
  Sealed,
  type Sent,
  writing,
} from '../access/index.ts';
import { recordQuery } from '../db/record-query.ts';
import {
  isProtected,
  liftProtection as lift,
  type Patient,
  type ProtectedGrade,
  patientParts,
  patientResource,
  patientRow,
  protect,
  readPatients,
} from '../patients/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { Act, HsaId } from '../shared/owned.ts';
import { forbidden, notFound, stale } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { listAccess } from './domain/direct-access.ts';
import type { ProtectedAccessRecord, SharingChange } from './domain/model.ts';
import { notProtected, protectionAsItIs } from './problems.ts';
import { sharingResource, sharingRow } from './store/changes.ts';
import { accessPart, readAccess } from './store/record.ts';

/** A person's protection with the list of who may know of the person. */
export interface PersonProtection {
  readonly patient: Patient;
  readonly access: readonly ProtectedAccessRecord[];
}

interface ProtectionRecord extends Partial<PersonProtection> {
  readonly facts: Facts;
  readonly list: readonly ProtectedAccessRecord[];
  readonly now: number;
}

const protectionRecord = recordQuery('person_protection', [...personFactParts, ...patientParts, accessPart]);

async function load(db: Parameters<typeof protectionRecord>[0], desk: Desk, asking: Asking, patientId: PatientId) {
  const moment = momentOf(desk);
  const raw = await protectionRecord(db, asking.actor, { patientId });
  const record: ProtectionRecord = {
    patient: readPatients(raw).canonical,
    list: readAccess(raw),
    facts: readPersonFacts(raw, asking.actor, moment),
    now: moment.now,
  };
  return new Sealed(record);
}

/** Reads a person's grade of protection and the list, for who administers it. @throws notFound */
export function readProtection(desk: Desk, asking: Asking, patientId: PatientId): Promise<PersonProtection> {
  return reading(desk, asking, {
    action: 'protection.read',
    load: () => load(desk.pool, desk, asking, patientId),
    facts: (record) => record.facts,
    patientOf: () => patientId,
    show: (_grant, { patient, list }) => {
      if (!patient) throw notFound();
      const entries = list.map((entry) => sharingResource('protected-access', entry));
      return { answer: { patient, access: list }, resources: [patientResource('patient', patient), ...entries] };
    },
  });
}

export interface NewProtection {
  readonly grade: ProtectedGrade;
  /** Staff who may know of the person, beside the one who sets it. */
  readonly staff: readonly { readonly staff: HsaId; readonly unit?: HsaId }[];
  readonly why?: string;
}

/**
 * Protects a person's identity, in force on the next request: for anyone who is not on the list the person does not
 * exist. Who sets it is put on the list, so that somebody can go on.
 *
 * @throws notFound, stale; protectionAsItIs
 */
export function protectPerson(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  { grade, staff, why }: NewProtection,
  sent: Sent = {},
): Promise<Answered<PersonProtection>> {
  return changeProtection(desk, asking, patientId, sent, (record, patient, act) => {
    if (patient.protectedIdentity === grade) throw protectionAsItIs();
    const wanted = [{ staff: act.by.staff!, unit: act.owner.unit }, ...staff];
    const isNew = ({ staff: id, unit }: (typeof staff)[number]) =>
      !record.list.some((entry) => entry.staff === id && entry.unit === unit && entry.until === undefined);
    const entries = wanted.filter(isNew).map((entry) => listAccess(act, patient.patientId, entry, []));
    return { patient: protect(act, patient, grade, why), entries };
  });
}

/** Lifts the protection. What was written under it stays with those on the list. @throws notFound, stale; notProtected */
export function liftProtection(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  why: string,
  sent: Sent = {},
): Promise<Answered<PersonProtection>> {
  return changeProtection(desk, asking, patientId, sent, (_record, patient, act) => {
    if (!isProtected(patient)) throw notProtected();
    return { patient: lift(act, patient, why), entries: [] };
  });
}

interface Changed {
  readonly patient: Patient;
  readonly entries: readonly ProtectedAccessRecord[];
}

function changeProtection(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  sent: Sent,
  rule: (record: ProtectionRecord, patient: Patient, act: Act) => Changed,
): Promise<Answered<PersonProtection>> {
  return writing<ProtectionRecord, Action, PersonProtection>(desk, asking, {
    action: 'protection.set',
    patientId,
    idempotency: sent.idempotency,
    load: (client) => load(client, desk, asking, patientId),
    facts: (record) => record.facts,
    work: (grant, record) => {
      const { patient: before, list } = record;
      if (!before) throw notFound();
      const { expectedRevision } = sent;
      if (expectedRevision !== undefined && before.revision !== expectedRevision) {
        throw stale({ extra: { revision: before.revision } });
      }
      const { patient, entries } = rule(record, before, actOf(desk, grant, record));
      const added = entries.map((after): SharingChange => ({ kind: 'protected-access', after }));
      return {
        rows: [patientRow({ kind: 'patient', before, after: patient }), ...added.map(sharingRow)],
        // Nobody is told: an event about a protected person would tell that there is one.
        events: [],
        resources: [
          patientResource('patient', patient),
          ...entries.map((entry) => sharingResource('protected-access', entry)),
        ],
        particulars: { changed: ['protectedIdentity'] },
        result: { status: 200, patientId: patient.patientId, resourceKind: 'patient', resourceId: patient.id },
        answer: { patient, access: [...list, ...entries] },
      };
    },
    replay: (_grant, { patient, list }) => {
      if (!patient) throw notFound();
      return { patient, access: list };
    },
  });
}

function actOf(desk: Desk, { actor }: Grant, { facts, now }: ProtectionRecord): Act {
  const unit = facts.actorUnit;
  if (!unit) throw forbidden();
  return {
    now: toRfc3339Utc(now),
    by: changedBy(actor),
    owner: ownerOf(actor, unit),
    legalBasis: legalBasisOf(unit),
    newId: () => desk.ids.thingId(),
  };
}
