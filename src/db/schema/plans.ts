import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { historyColumns, moment, ownership, planContribution } from './contribution.ts';

/** *patient*: the header of a plan. The exclusion of a second active lead plan is in the custom migration (deferred). */
export const plans = pgTable(
  'plans',
  {
    ...ownership,
    kind: text().notNull(),
    status: text().notNull(),
    created_by_unit: text().notNull(),
    lead_unit: text().notNull(),
    part_of: uuid(),
    replaced_by: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    index('plans_recorded_unit').on(t.recorded_unit),
    check('plans_lead_unit', sql`${t.lead_unit} <> ''`),
    check('plans_not_own_part', sql`${t.part_of} is distinct from ${t.id}`),
  ],
);
export const plansHistory = pgTable('plans_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** No index of its own for the plan: the primary key finds the person's rows, and those of other plans among them are few. */
const inPlan = (name: string, t: { patient_id: never; id: never; plan_id: never }) => [
  primaryKey({ columns: [t.patient_id, t.id] }),
  foreignKey({
    name: `${name}_plan`,
    columns: [t.patient_id, t.plan_id],
    foreignColumns: [plans.patient_id, plans.id] as never,
  }),
];
const keyed = (name: string) => (t: unknown) => inPlan(name, t as never);
const pastKeyed = (t: unknown) => {
  const h = t as { patient_id: never; id: never; revision: never; plan_id: never };
  return [primaryKey({ columns: [h.patient_id, h.id, h.revision] })];
};

/** *patient*: one step. `responsible_now` is never empty: that is the promise to the patient. */
export const steps = pgTable(
  'steps',
  {
    ...planContribution,
    state: text().notNull(),
    /** The one asked, and from `agreed` on the one who said yes. */
    responsible_kind: text().notNull(),
    responsible_unit: text(),
    /** The unit that must act at this moment. */
    responsible_now: text().notNull(),
    /** The deciding instant, for work lists; `infinity` for one without a time, so that it stands last. */
    due_at: moment('due_at').notNull(),
    ord: integer().notNull(),
  },
  (t) => [
    ...keyed('steps')(t),
    check('steps_responsible_now', sql`${t.responsible_now} <> ''`),
    index('steps_work_list')
      .on(t.responsible_now, t.due_at, t.patient_id, t.id)
      .where(sql`state in ('wished','proposed','agreed','booked','in-progress','on-hold') and not entered_in_error`),
    index('steps_asked')
      .on(t.responsible_unit, t.due_at, t.patient_id, t.id)
      .where(sql`state = 'proposed' and not entered_in_error`),
  ],
);
export const stepsHistory = pgTable('steps_history', historyColumns, pastKeyed);

/** *patient*: one report (done, not done, undone) of a step or one of its occurrences; only ever appended. */
export const reports = pgTable(
  'reports',
  { ...planContribution, step_id: uuid().notNull(), occurrence: text(), client_key: text().notNull() },
  (t) => [
    ...keyed('reports')(t),
    foreignKey({
      name: 'reports_step',
      columns: [t.patient_id, t.step_id],
      foreignColumns: [steps.patient_id, steps.id],
    }),
  ],
);
export const reportsHistory = pgTable('reports_history', historyColumns, pastKeyed);

export const whatMatters = pgTable('what_matters', planContribution, keyed('what_matters'));
export const whatMattersHistory = pgTable('what_matters_history', historyColumns, pastKeyed);

export const goals = pgTable('goals', { ...planContribution, state: text().notNull() }, keyed('goals'));
export const goalsHistory = pgTable('goals_history', historyColumns, pastKeyed);

export const namedContacts = pgTable(
  'named_contacts',
  { ...planContribution, unit: text(), state: text().notNull(), is_primary: boolean().notNull() },
  keyed('named_contacts'),
);
export const namedContactsHistory = pgTable('named_contacts_history', historyColumns, pastKeyed);

export const participants = pgTable(
  'participants',
  { ...planContribution, party_kind: text().notNull(), unit: text(), state: text().notNull() },
  (t) => [
    ...keyed('participants')(t),
    index('participants_of_unit')
      .on(t.unit, t.state, t.created_at, t.patient_id, t.id)
      .where(sql`state in ('invited','accepted') and not entered_in_error`),
  ],
);
export const participantsHistory = pgTable('participants_history', historyColumns, pastKeyed);

export const commitments = pgTable(
  'commitments',
  { ...planContribution, by_kind: text().notNull(), by_unit: text(), state: text().notNull() },
  keyed('commitments'),
);
export const commitmentsHistory = pgTable('commitments_history', historyColumns, pastKeyed);

export const safetyNetItems = pgTable(
  'safety_net_items',
  { ...planContribution, ord: integer().notNull() },
  keyed('safety_net_items'),
);
export const safetyNetItemsHistory = pgTable('safety_net_items_history', historyColumns, pastKeyed);

export const selfCareAssessments = pgTable(
  'self_care_assessments',
  { ...planContribution, step_id: uuid().notNull() },
  (t) => [
    ...keyed('self_care_assessments')(t),
    foreignKey({
      name: 'self_care_assessments_step',
      columns: [t.patient_id, t.step_id],
      foreignColumns: [steps.patient_id, steps.id],
    }),
  ],
);
export const selfCareAssessmentsHistory = pgTable('self_care_assessments_history', historyColumns, pastKeyed);

/** *patient*: one version of what the parties say yes to; names contributions and revisions, holds no text. */
export const agreementVersions = pgTable(
  'agreement_versions',
  { ...planContribution, version: integer().notNull(), state: text().notNull() },
  (t) => [
    ...keyed('agreement_versions')(t),
    unique('agreement_versions_once').on(t.patient_id, t.plan_id, t.version),
    index('agreement_versions_proposed')
      .on(t.patient_id, t.plan_id)
      .where(sql`state = 'proposed' and not entered_in_error`),
  ],
);
export const agreementVersionsHistory = pgTable('agreement_versions_history', historyColumns, pastKeyed);

/** *patient*: one party's approval of, or reservation against, its own parts of a version. */
export const agreementActs = pgTable(
  'agreement_acts',
  { ...planContribution, version: integer().notNull() },
  keyed('agreement_acts'),
);
export const agreementActsHistory = pgTable('agreement_acts_history', historyColumns, pastKeyed);

/** *patient*: one side's answers to the seven statements ("mitt kvitto") on a version. */
export const receipts = pgTable(
  'receipts',
  { ...planContribution, version: integer().notNull(), side: text().notNull() },
  keyed('receipts'),
);
export const receiptsHistory = pgTable('receipts_history', historyColumns, pastKeyed);

export const followUps = pgTable('follow_ups', planContribution, keyed('follow_ups'));
export const followUpsHistory = pgTable('follow_ups_history', historyColumns, pastKeyed);

export const links = pgTable('links', planContribution, keyed('links'));
export const linksHistory = pgTable('links_history', historyColumns, pastKeyed);

/** *patient*: a comment, question, objection or answer beside a thing of the plan. */
export const remarks = pgTable('remarks', { ...planContribution, about_id: uuid() }, keyed('remarks'));
export const remarksHistory = pgTable('remarks_history', historyColumns, pastKeyed);

/**
 * *patient*: a step or duty on its way to another unit. One at a time for each; who gives it has it until `accepted`, and
 * neither side is ever empty or the other.
 */
export const handovers = pgTable(
  'handovers',
  {
    ...planContribution,
    of: text().notNull(),
    about_id: uuid().notNull(),
    state: text().notNull(),
    from_unit: text().notNull(),
    to_unit: text().notNull(),
    escalate_to: text().notNull(),
    answer_by: moment('answer_by').notNull(),
  },
  (t) => [
    ...keyed('handovers')(t),
    check('handovers_two_sides', sql`${t.from_unit} <> '' and ${t.to_unit} <> '' and ${t.from_unit} <> ${t.to_unit}`),
    uniqueIndex('handovers_one_open')
      .on(t.patient_id, t.about_id)
      .where(sql`state in ('offered','received') and not entered_in_error`),
    index('handovers_waiting')
      .on(t.to_unit, t.answer_by, t.patient_id, t.id)
      .where(sql`state in ('offered','received') and not entered_in_error`),
    index('handovers_given')
      .on(t.from_unit, t.answer_by, t.patient_id, t.id)
      .where(sql`state in ('offered','received') and not entered_in_error`),
  ],
);
export const handoversHistory = pgTable('handovers_history', historyColumns, pastKeyed);

/** *patient*: what the next one tells the one before, and the replies. */
export const feedback = pgTable(
  'feedback',
  {
    ...planContribution,
    about_id: uuid().notNull(),
    what: text().notNull(),
    from_unit: text().notNull(),
    to_unit: text().notNull(),
  },
  (t) => [
    ...keyed('feedback')(t),
    index('feedback_from').on(t.from_unit, t.created_at),
    index('feedback_to').on(t.to_unit, t.created_at),
  ],
);
export const feedbackHistory = pgTable('feedback_history', historyColumns, pastKeyed);
