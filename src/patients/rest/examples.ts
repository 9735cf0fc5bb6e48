import { OWNED_EXAMPLE } from '../../http/owned-answer.ts';

/** Whole answers as the documentation shows them. The persons are made up; the numbers are Skatteverket's test numbers. */

const PATIENT_ID = 'abcdefghijklmnopqrstuvwxya';
const OTHER_ID = 'bcdefghijklmnopqrstuvwxyze';
const OWN_KEY = 'agm4kq7zabcdefghijklmnopqe';
const AT = '2026-11-16T10:00:00.000Z';
const { recordedBy, changedBy } = OWNED_EXAMPLE;

export const RELATED_EXAMPLE = {
  id: `${PATIENT_ID}-${OWN_KEY}`,
  ...OWNED_EXAMPLE,
  relation: 'relative' as const,
  name: 'Anna Exempelsson',
  phone: '08-46500400',
  kinship: 'dotter',
};

export const PATIENT_EXAMPLE = {
  id: PATIENT_ID,
  otherIds: [OTHER_ID],
  revision: 2,
  personNumbers: [
    { kind: 'personnummer' as const, number: '261204+9029', current: true, from: AT },
    { kind: 'reservnummer' as const, number: '99261116R001', current: false, from: AT },
  ],
  givenName: 'Ester',
  familyName: 'Exempelsson',
  language: 'sv',
  preferredContactWay: 'phone' as const,
  contactNeeds: { hearing: true, cannotUse1177: true, notes: 'Låt det ringa länge.' },
  relatedPersons: [RELATED_EXAMPLE],
  recordedBy,
  createdAt: AT,
  changedAt: AT,
  changedBy,
};

export const FOUND_EXAMPLE = { items: [{ id: PATIENT_ID, givenName: 'Ester', familyName: 'Exempelsson' }] };

export const JOIN_EXAMPLE = {
  id: `${PATIENT_ID}-${OWN_KEY}`,
  revision: 1,
  patientId: PATIENT_ID,
  joinedPatientId: OTHER_ID,
  state: 'joined' as const,
  joined: { at: AT, by: changedBy, why: 'Samma person, id-kontroll på plats.' },
};
