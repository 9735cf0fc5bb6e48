import { z } from 'zod';
import { dateText, instantText, revision, thingIdText } from '../../http/fields.ts';
import {
  AGREEMENT_STATES,
  APPROVAL_METHODS,
  COMMITMENT_STATES,
  CONTACT_ROLES,
  CONTACT_STATES,
  GOAL_STATES,
  PARTICIPANT_STATES,
  PLAN_KINDS,
  PLAN_STATUSES,
  REPORT_OUTCOMES,
  SEVEN_STATEMENTS,
} from '../domain/model.ts';
import { hsaIdText, whenText } from './answer-parts.ts';
import {
  acting,
  answerView,
  factsChanged,
  howView,
  inPlan,
  nextStepView,
  partyView,
  proposalView,
  reachView,
  stepViewShape,
  whenView,
  writerView,
} from './overview-answer-parts.ts';

const words = z.string();
const unitNamed = z.object({ unit: hsaIdText, name: words });
const occurrenceState = z.enum(['due', 'done', 'not-done', 'skipped']);

const stepDoing = z
  .object({
    ...stepViewShape,
    late: z.boolean(),
    asked: z.boolean(),
    answer: answerView.optional(),
    reason: words.optional(),
    occurrences: z
      .array(
        z.object({
          on: dateText,
          day: dateText,
          at: instantText.optional(),
          moved: z.boolean(),
          state: occurrenceState,
          missed: z.boolean(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'StepDoing' });

const promise = z
  .object({
    ...inPlan,
    revision,
    by: partyView,
    to: partyView,
    text: words,
    due: whenText.optional(),
    dueWords: words.optional(),
    state: z.enum(COMMITMENT_STATES),
    words,
    judged: z.object({ at: instantText, by: writerView, why: words.optional() }).optional(),
    answer: answerView.optional(),
    proposal: proposalView.optional(),
  })
  .meta({ id: 'PromiseView', description: 'Ett löfte. Brutet av vården visas lika tydligt som brutet av patienten.' });

const doing = z.object({ steps: z.array(stepDoing), promises: z.array(promise) });

const stepRef = { stepId: thingIdText, planId: thingIdText, what: words };

const contact = z
  .object({
    ...inPlan,
    revision,
    role: z.enum(CONTACT_ROLES),
    roleName: words,
    state: z.enum(CONTACT_STATES),
    isPrimary: z.boolean(),
    name: words.optional(),
    unit: hsaIdText.optional(),
    unitName: words.optional(),
    from: dateText.optional(),
    to: dateText.optional(),
    awayUntil: whenText.optional(),
    deputy: z.object({ name: words, unit: hsaIdText, unitName: words }).optional(),
    acting: z.object({ as: words, name: words, unitName: words }).optional(),
  })
  .meta({ id: 'ContactView' });

const channel = z.object({
  kind: words,
  value: words,
  purpose: words,
  open: z.boolean(),
  until: instantText.optional(),
  opensAt: instantText.optional(),
  whenClosed: words.optional(),
  inEmergency: words.optional(),
});

const call = z.object({ name: words, phone: words });
const sign = z
  .object({ ...inPlan, sign: words, advice: words, day: call, night: call })
  .meta({ id: 'SignView', description: 'Ett tecken att hålla koll på, vad man gör och vem man ringer.' });

const versionShape = {
  version: z.int(),
  state: z.enum(AGREEMENT_STATES),
  proposedAt: instantText,
  agreedAt: instantText.optional(),
  parts: z.array(
    z.object({
      kind: z.enum(['step', 'commitment', 'goal']),
      id: thingIdText,
      text: words,
      party: partyView,
      standing: z.enum(['confirmed', 'reported', 'reserved', 'unconfirmed']),
      words,
      answer: z.object({ at: instantText, method: z.enum(APPROVAL_METHODS), recordedBy: writerView }).optional(),
      reservation: words.optional(),
      proposed: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
};

const remark = z
  .object({
    ...inPlan,
    what: words,
    text: words,
    wishedTime: words.optional(),
    about: z.object({ id: thingIdText, what: words.optional() }).optional(),
    by: writerView,
    at: instantText,
    answers: z.array(z.object({ id: thingIdText, text: words, by: writerView, at: instantText })),
    awaitsAnswer: z.boolean(),
  })
  .meta({
    id: 'RemarkView',
    description: 'En fråga, önskan, invändning eller kommentar, med vem som svarade och när.',
  });

const planHead = z
  .object({
    id: thingIdText,
    revision,
    kind: z.enum(PLAN_KINDS),
    isLead: z.boolean(),
    partOf: thingIdText.optional(),
    status: z.enum(PLAN_STATUSES),
    title: words,
    purpose: words.optional(),
    periodFrom: dateText.optional(),
    periodTo: dateText.optional(),
    leadUnit: unitNamed,
    planningLead: words.optional(),
  })
  .meta({ id: 'PlanHead' });

/** The patient's one overview. */
export const overviewAnswer = z
  .object({
    at: instantText.meta({ description: 'Ögonblicket som översikten gäller.' }),
    plans: z.array(planHead),
    whatMatters: z.array(z.object({ ...inPlan, text: words, ownResources: words.optional() })),
    goals: z.array(
      z.object({
        ...inPlan,
        revision,
        text: words,
        whose: z.enum(['patient', 'professional']),
        state: z.enum(GOAL_STATES),
        targetOn: dateText.optional(),
        proposal: proposalView.optional(),
      }),
    ),
    nextStep: nextStepView.optional(),
    doing: z
      .object({ me: doing, network: doing, care: doing })
      .meta({ description: 'Jag gör, mitt nätverk gör, ni gör.' }),
    past: z.array(stepDoing),
    everyDay: z.array(
      z.object({
        ...stepRef,
        who: partyView,
        often: words,
        condition: words.optional(),
        today: occurrenceState.optional(),
      }),
    ),
    askAbout: z
      .array(z.object({ ...stepRef, who: partyView, occurrences: z.array(dateText).optional(), question: words }))
      .meta({ description: 'Egna tider som passerat: en fråga, aldrig en förebråelse.' }),
    bookedTimes: z.array(
      z.object({
        ...stepRef,
        occurrence: dateText.optional(),
        when: whenView,
        how: howView.optional(),
        who: partyView,
        changeableByPatient: z.boolean(),
        change: words,
        changed: factsChanged.optional(),
        laterThanAgreed: z.boolean(),
      }),
    ),
    changed: z
      .array(z.object({ ...stepRef, at: instantText, fields: z.array(words), words, laterThanAgreed: z.boolean() }))
      .meta({ description: 'Fakta märkta "ändrad".' }),
    contacts: z.array(contact),
    participants: z.array(
      z.object({ ...inPlan, party: partyView, role: words.optional(), state: z.enum(PARTICIPANT_STATES) }),
    ),
    reach: reachView.optional(),
    ways: z.array(z.object({ owner: hsaIdText, name: words, channels: z.array(channel) })),
    safetyNet: z.object({ green: z.array(sign), yellow: z.array(sign), red: z.array(sign) }),
    agreements: z.array(
      z.object({
        planId: thingIdText,
        agreed: z.object(versionShape).optional(),
        proposed: z.object({ ...versionShape, awaits: z.array(words) }).optional(),
      }),
    ),
    receipt: z
      .object({
        planId: thingIdText,
        version: z.int().optional(),
        statements: z.array(
          z.object({
            statement: z.enum(SEVEN_STATEMENTS),
            words,
            patient: z.boolean().optional(),
            staff: z.boolean().optional(),
          }),
        ),
        patientkontrakt: z.boolean(),
        missing: z.array(words),
      })
      .optional()
      .meta({ description: 'Mitt kvitto. Ett patientkontrakt är en överenskommelse, inte juridiskt bindande.' }),
    remarks: z.array(remark),
    messages: z.array(
      z.object({
        ...inPlan,
        stepId: thingIdText,
        what: words.optional(),
        occurrence: dateText.optional(),
        outcome: z.enum(REPORT_OUTCOMES),
        text: words,
        by: writerView,
        at: instantText,
      }),
    ),
    followUps: z.array(
      z.object({
        planId: thingIdText,
        plannedOn: dateText,
        responsible: unitNamed,
        by: acting,
        doneOn: dateText.optional(),
        outcome: words.optional(),
        story: words.optional(),
        rating: z.int().optional(),
      }),
    ),
    links: z.array(
      z.object({ ...inPlan, to: words, title: words, url: words.optional(), reference: words.optional() }),
    ),
  })
  .meta({ id: 'Overview', description: 'Patientens enda översikt, över alla planer: nästa steg och vem som gör vad.' });
