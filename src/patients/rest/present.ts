import { withoutProtectedStaff } from '../../access/index.ts';
import { presentOwned } from '../../http/owned-answer.ts';
import type { Actor } from '../../shared/actor.ts';
import { publicId, publicPatientId } from '../../shared/ids.ts';
import type { SwedishDate } from '../../shared/owned.ts';
import { formatPersonNumber } from '../../shared/person-number.ts';
import { demandPatient } from '../change-person.ts';
import type { Join } from '../domain/join.ts';
import { currentNumber } from '../domain/numbers.ts';
import type { RelatedPerson } from '../domain/related-person.ts';
import type { PatientRecord } from '../read-patient.ts';

/** For whom an answer is written, and the day in Sweden: a plus sign in a number comes with the year. */
export interface Shown {
  readonly to: Actor['kind'];
  readonly today: SwedishDate;
}

/** A person as `/v1` shows it: under the id that holds now, with the numbers of every key. */
export function presentPatient(record: PatientRecord, shown: Shown) {
  const patient = demandPatient(record);
  const { givenName, familyName, language, preferredContactWay, contactNeeds, deceasedOn } = patient;
  const others = record.all.filter(({ patientId }) => patientId !== patient.patientId);
  const { revision, recordedBy, createdAt, changedAt, changedBy } = presentOwned(patient);
  const view = {
    id: publicPatientId(patient.patientId),
    otherIds: others.map(({ patientId }) => publicPatientId(patientId)),
    revision,
    ...(shown.to === 'staff' ? { personNumbers: presentNumbers(record, shown.today) } : {}),
    givenName,
    familyName,
    language,
    preferredContactWay,
    contactNeeds,
    deceasedOn,
    relatedPersons: record.relatedPersons.map((one) => presentRelated(one, shown)),
    recordedBy,
    createdAt,
    changedAt,
    changedBy,
  };
  return withoutProtectedStaff(view, record.facts.protectedStaff ?? new Set());
}

function presentNumbers(record: PatientRecord, today: SwedishDate) {
  const current = currentNumber(demandPatient(record).numbers);
  return record.all.flatMap(({ numbers }) =>
    numbers.map((number) => ({
      kind: number.kind,
      number: formatPersonNumber(number, today),
      current: number === current,
      from: number.from,
      until: number.until,
    })),
  );
}

export function presentRelated(related: RelatedPerson, { to, today }: Shown) {
  const { relation, name, phone, personNumber, kinship, decisionReference, protectedIdentity, from, until } = related;
  return {
    ...presentOwned(related),
    relation,
    name,
    phone,
    ...(to === 'staff' && personNumber ? { personNumber: formatPersonNumber(personNumber, today) } : {}),
    kinship,
    decisionReference,
    protectedIdentity,
    from,
    until,
  };
}

/** A person that was found: a system is told who it is by id alone, since it knows the number and needs no name. */
export function presentFound(record: PatientRecord, to: Actor['kind']) {
  const { patientId, givenName, familyName } = demandPatient(record);
  return { id: publicPatientId(patientId), ...(to === 'staff' ? { givenName, familyName } : {}) };
}

export function presentJoin({ patientId, id, revision, joinedId, at, by, why, parted }: Join) {
  return {
    id: publicId(patientId, id),
    revision,
    patientId: publicPatientId(patientId),
    joinedPatientId: publicPatientId(joinedId),
    state: parted ? ('parted' as const) : ('joined' as const),
    joined: { at, by, why },
    parted,
  };
}
