import type { Row } from '../../db/save-rows.ts';
import type { ContributionKind, ContributionsByKind, PlanContent } from '../domain/model.ts';
import { unitOf } from '../domain/party.ts';
import { dueAt } from './due-at.ts';

/** Where a kind of contribution is stored, and what is copied to columns for rules and searches in SQL. */
export interface Storage<K extends ContributionKind> {
  readonly table: string;
  readonly columns: (thing: ContributionsByKind[K], content: PlanContent) => Row;
}

const nothing = (): Row => ({});

/** Every kind of contribution and its table; adding a kind without one does not compile. */
export const STORAGE: { readonly [K in ContributionKind]: Storage<K> } = {
  plan: {
    table: 'plans',
    columns: (plan) => ({
      kind: plan.kind,
      status: plan.status,
      created_by_unit: plan.createdByUnit,
      lead_unit: plan.leadUnit,
      part_of: plan.partOf ?? null,
      replaced_by: plan.replacedBy ?? null,
    }),
  },
  'what-matters': { table: 'what_matters', columns: nothing },
  goal: { table: 'goals', columns: (goal) => ({ state: goal.state }) },
  'named-contact': {
    table: 'named_contacts',
    columns: (contact) => ({ unit: contact.unit ?? null, state: contact.state, is_primary: contact.isPrimary }),
  },
  participant: {
    table: 'participants',
    columns: ({ party, state }) => ({ party_kind: party.kind, unit: unitOf(party) ?? null, state }),
  },
  step: {
    table: 'steps',
    columns: (step, content) => ({
      state: step.state,
      responsible_kind: step.responsibleParty.kind,
      responsible_unit: unitOf(step.responsibleParty) ?? null,
      responsible_now: step.responsibleNow,
      due_at: dueAt(step, content.report) ?? 'infinity',
      ord: step.order,
    }),
  },
  report: {
    table: 'reports',
    columns: (report) => ({
      step_id: report.stepId,
      occurrence: report.occurrence ?? null,
      client_key: report.clientKey,
    }),
  },
  'self-care-assessment': { table: 'self_care_assessments', columns: (a) => ({ step_id: a.stepId }) },
  commitment: {
    table: 'commitments',
    columns: ({ by, state }) => ({ by_kind: by.kind, by_unit: unitOf(by) ?? null, state }),
  },
  'safety-net-item': { table: 'safety_net_items', columns: ({ order }) => ({ ord: order }) },
  'agreement-version': { table: 'agreement_versions', columns: ({ version, state }) => ({ version, state }) },
  'agreement-act': { table: 'agreement_acts', columns: ({ version }) => ({ version }) },
  receipt: { table: 'receipts', columns: ({ version, side }) => ({ version, side }) },
  'follow-up': { table: 'follow_ups', columns: nothing },
  link: { table: 'links', columns: nothing },
  remark: { table: 'remarks', columns: (remark) => ({ about_id: remark.aboutId ?? null }) },
  handover: {
    table: 'handovers',
    columns: ({ of, aboutId, state, fromUnit, toUnit, escalateTo, answerBy }) => ({
      of,
      about_id: aboutId,
      state,
      from_unit: fromUnit,
      to_unit: toUnit,
      escalate_to: escalateTo,
      answer_by: answerBy,
    }),
  },
  feedback: {
    table: 'feedback',
    columns: ({ aboutId, what, fromUnit, toUnit }) => ({
      about_id: aboutId,
      what,
      from_unit: fromUnit,
      to_unit: toUnit,
    }),
  },
};

/** All kinds, in the order in which they are stored and read. */
export const KINDS = Object.keys(STORAGE) as readonly ContributionKind[];
