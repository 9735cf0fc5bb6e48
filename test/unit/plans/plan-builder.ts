import type {
  AgreementAct,
  AgreementVersion,
  Commitment,
  FollowUp,
  Goal,
  InPlan,
  NamedContact,
  Owned,
  Plan,
  PlanContent,
  Receipt,
  RecordedBy,
  Remark,
  Report,
  SafetyNetItem,
  Step,
  WhatMatters,
} from '../../../src/plans/domain/model.ts';
import type { PatientId, ThingId } from '../../../src/shared/ids.ts';

export const PATIENT = '11111111-1111-4111-8111-111111111111' as PatientId;

/** A key that sorts as its number does. */
export function id(n: number): ThingId {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as ThingId;
}

export function tst(suffix: string): string {
  return `SE0000000000-TST${suffix}`;
}

const written: RecordedBy = { kind: 'staff', unit: tst('0201'), provider: tst('R01'), principal: tst('H01') };

function owned(n: number): Owned {
  return {
    patientId: PATIENT,
    id: id(n),
    revision: 1,
    recordedBy: written,
    legalBasis: 'HSL',
    approvedForPatient: true,
    enteredInError: false,
    createdAt: '2026-11-16T08:00:00.000Z',
    changedAt: '2026-11-16T08:00:00.000Z',
    changedBy: { kind: 'staff', unit: tst('0201') },
  };
}

/** Number of the plan that things belong to unless they say another. */
export const PLAN = 1;
const inPlan = (n: number): InPlan => ({ ...owned(n), planId: id(PLAN) });

export function plan(n: number, fields: Partial<Plan> = {}): Plan {
  const unit = tst('0201');
  return {
    ...owned(n),
    kind: 'SIP',
    status: 'active',
    title: 'Plan',
    language: 'sv',
    createdByUnit: unit,
    leadUnit: unit,
    ...fields,
  };
}

export function step(n: number, fields: Partial<Step> = {}): Step {
  return {
    ...inPlan(n),
    title: `Steg ${n}`,
    purpose: 'treatment',
    healthMeasure: false,
    state: 'agreed',
    responsibleParty: { kind: 'region', unit: fields.responsibleNow ?? tst('0201') },
    responsibleNow: tst('0201'),
    predecessors: [],
    order: n,
    ...fields,
  };
}

export function report(n: number, stepNumber: number, fields: Partial<Report> = {}): Report {
  const at = fields.performedAt ?? '2026-11-16T08:00:00.000Z';
  return {
    ...inPlan(n),
    stepId: id(stepNumber),
    outcome: 'done',
    performedAt: at,
    reportedAt: at,
    clientKey: `key-${n}`,
    ...fields,
  };
}

export function namedContact(n: number, fields: Partial<NamedContact> = {}): NamedContact {
  return { ...inPlan(n), role: 'fast-vardkontakt', state: 'designated', away: [], isPrimary: true, ...fields };
}

export function commitment(n: number, fields: Partial<Commitment> = {}): Commitment {
  return {
    ...inPlan(n),
    by: { kind: 'patient' },
    to: { kind: 'region', unit: tst('0201') },
    text: `Löfte ${n}`,
    state: 'accepted',
    order: n,
    ...fields,
  };
}

export function goal(n: number, fields: Partial<Goal> = {}): Goal {
  return { ...inPlan(n), text: `Mål ${n}`, whose: 'patient', state: 'active', ...fields };
}

export function whatMatters(n: number, text: string): WhatMatters {
  return { ...inPlan(n), text };
}

export function safetyNetItem(n: number, fields: Partial<SafetyNetItem> = {}): SafetyNetItem {
  return { ...inPlan(n), level: 'green', sign: `Tecken ${n}`, advice: `Råd ${n}`, order: n, ...fields };
}

export function followUp(n: number, fields: Partial<FollowUp> = {}): FollowUp {
  return { ...inPlan(n), plannedOn: '2027-02-04', responsibleUnit: tst('0201'), ...fields };
}

export function remark(n: number, fields: Partial<Remark> = {}): Remark {
  return { ...inPlan(n), what: 'question', text: `Fråga ${n}`, ...fields };
}

export function agreementVersion(n: number, fields: Partial<AgreementVersion> = {}): AgreementVersion {
  return { ...inPlan(n), version: 1, state: 'agreed', parts: [], proposedAt: '2026-11-26T12:00:00.000Z', ...fields };
}

export function agreementAct(n: number, fields: Partial<AgreementAct> = {}): AgreementAct {
  return {
    ...inPlan(n),
    version: 1,
    party: { kind: 'patient' },
    act: 'approval',
    method: 'oral',
    standing: 'given',
    givenAt: '2026-11-26T12:30:00.000Z',
    ...fields,
  };
}

export function receipt(n: number, fields: Partial<Receipt> = {}): Receipt {
  return {
    ...inPlan(n),
    version: 1,
    side: 'patient',
    answers: {},
    method: 'oral',
    answeredAt: '2026-11-26T13:00:00.000Z',
    ...fields,
  };
}

/** A patient's record that holds what is given and nothing else. */
export function contentOf(given: Partial<PlanContent>): PlanContent {
  return {
    plan: [],
    'what-matters': [],
    goal: [],
    'named-contact': [],
    participant: [],
    step: [],
    report: [],
    'self-care-assessment': [],
    commitment: [],
    'safety-net-item': [],
    'agreement-version': [],
    'agreement-act': [],
    receipt: [],
    'follow-up': [],
    link: [],
    remark: [],
    handover: [],
    feedback: [],
    ...given,
  };
}

/** An instant by the clock on a Swedish wall, written with its offset: `2026-11-23T12:00+01:00`. */
export function instant(text: string): string {
  return new Date(text).toISOString();
}
