import { fhirRequests } from './fhir-requests.ts';
import { FHIR_ROWS } from './fhir-rows.ts';
import { EVENT_REQUESTS, LOG_REQUESTS } from './log-requests.ts';
import { LOG_ROWS } from './log-rows.ts';
import { CONSENT_REQUESTS, PATIENT_REQUESTS, SHARING_REQUESTS } from './people-requests.ts';
import { PERSON_ROWS } from './person-rows.ts';
import { PLAN_ROWS } from './plan-rows.ts';
import type { Slice } from './run.ts';

/** Plans are asked for by the table of their own tests: one request each that succeeds for whose it is. */
export const PLANS: Slice = { rows: PLAN_ROWS, requests: EVENT_REQUESTS };
export const PERSONS: Slice = {
  rows: PERSON_ROWS,
  requests: { ...PATIENT_REQUESTS, ...CONSENT_REQUESTS, ...SHARING_REQUESTS },
};
export const LOG: Slice = { rows: LOG_ROWS, requests: { ...LOG_REQUESTS, ...EVENT_REQUESTS } };
export const FHIR: Slice = { rows: FHIR_ROWS, requests: fhirRequests(Object.keys(FHIR_ROWS)) };

export const SLICES: readonly Slice[] = [PLANS, PERSONS, LOG, FHIR];
