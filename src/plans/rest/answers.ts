import { z } from 'zod';
import { dateText, instantText, thingIdText } from '../../http/fields.ts';
import {
  AGREEMENT_STATES,
  APPROVAL_METHODS,
  COMMITMENT_STATES,
  CONTACT_ROLES,
  CONTACT_STATES,
  type ContributionKind,
  FEEDBACK_KINDS,
  GOAL_STATES,
  GOT_WHAT_WAS_NEEDED,
  HANDOVER_DUTIES,
  HANDOVER_STATES,
  NOT_DONE_REASONS,
  PARTICIPANT_STATES,
  PLAN_KINDS,
  PLAN_STATUSES,
  REPORT_OUTCOMES,
  SEVEN_STATEMENTS,
  STEP_STATES,
  WAYS,
} from '../domain/model.ts';
import {
  answered,
  changedBy,
  hsaIdText,
  inPlanShape,
  ownedShape,
  partyAnswer,
  patientId,
  person,
  proposalShape,
  stepTimeAnswer,
  whenText,
} from './answer-parts.ts';

const words = z.string();

export const planAnswer = z
  .object({
    ...ownedShape,
    patientId,
    kind: z.enum(PLAN_KINDS),
    status: z
      .enum(PLAN_STATUSES)
      .optional()
      .meta({ description: 'Saknas för den vars del i planen är avslutad, när planen har ändrats sedan dess.' }),
    title: words.meta({
      description: 'Tom för den som bara får veta planens slag, status, ledning och fasta kontakt.',
    }),
    purpose: words.optional(),
    language: words,
    periodFrom: dateText.optional(),
    periodTo: dateText.optional(),
    createdByUnit: hsaIdText,
    leadUnit: hsaIdText.optional().meta({ description: 'Planeringsansvarig enhet. Saknas som status.' }),
    planningLead: person.optional(),
    leadPrincipal: hsaIdText.optional().meta({ description: 'Huvudman med övergripande ansvar.' }),
    convener: z.object({ staff: hsaIdText.optional(), name: words.optional(), unit: hsaIdText }).optional(),
    noMeasuresByOthers: z.boolean().optional(),
    partOf: thingIdText.optional(),
    replaces: thingIdText.optional(),
    replacedBy: thingIdText.optional(),
    declined: z.object({ reason: words, offerAgainOn: dateText.optional() }).optional(),
    closed: z.object({ reason: words.optional() }).optional(),
    onHold: z
      .object({
        reason: words,
        decidesUnit: hsaIdText,
        decideBy: whenText.optional(),
        explainBy: instantText
          .optional()
          .meta({ description: 'Samtycket har fallit: när patienten senast ska ha fått veta vad det betyder.' }),
        explainedAt: instantText.optional(),
        interruption: z.literal(true).optional().meta({ description: 'Avbrott i utskrivningsklar: stegen vilar.' }),
      })
      .optional(),
  })
  .meta({ id: 'Plan', description: 'Planens huvud.' });

export const stepAnswer = z
  .object({
    ...inPlanShape,
    title: words,
    patientText: words.optional(),
    clinicalText: words.optional(),
    purpose: z.enum(['treatment', 'health-promotion', 'social', 'other']),
    healthMeasure: z.boolean(),
    way: z.object({ kind: z.enum(WAYS), careLevel: words.optional(), place: words.optional() }).optional(),
    contact: z.object({ namedContactId: thingIdText.optional(), unit: hsaIdText.optional() }).optional(),
    state: z.enum(STEP_STATES),
    stateBefore: z.enum(STEP_STATES).optional(),
    responsibleParty: partyAnswer,
    responsibleNow: hsaIdText.meta({ description: 'Enheten som ska agera nu; aldrig tom.' }),
    supportUnit: hsaIdText.optional(),
    time: stepTimeAnswer.optional(),
    agreedLatest: whenText.optional(),
    condition: words.optional(),
    performer: person.optional(),
    deputy: person.optional(),
    predecessors: z.array(thingIdText),
    needsFromPrevious: words.optional(),
    order: z.int(),
    reason: words.optional(),
    factsChanged: z.object({ at: instantText, fields: z.array(words) }).optional(),
    answeredBy: answered.optional(),
    askedAt: instantText
      .optional()
      .meta({ description: 'När parten tillfrågades, om det var efter att steget skrevs.' }),
    proposal: z
      .object({
        ...proposalShape,
        changes: z.object({
          title: words.optional(),
          patientText: words.optional(),
          responsibleParty: partyAnswer.optional(),
          agreedLatest: whenText.optional(),
        }),
      })
      .optional()
      .meta({ description: 'Ett förslag bredvid det som gäller, tills parterna har svarat.' }),
  })
  .meta({ id: 'Step', description: 'Ett steg: vad, vem, när, hur, och vem man kontaktar om det.' });

const callAnswer = z.object({
  namedContactId: thingIdText.optional(),
  unit: hsaIdText.optional(),
  name: words.optional(),
  phone: words.optional(),
});

/** Each kind's answer. */
export const ANSWERS = {
  plan: planAnswer,
  step: stepAnswer,
  'what-matters': z
    .object({ ...inPlanShape, text: words, ownResources: words.optional() })
    .meta({ id: 'WhatMatters', description: 'Det här är viktigt för mig, med personens egna ord.' }),
  goal: z
    .object({
      ...inPlanShape,
      text: words,
      clinicalText: words.optional(),
      whose: z.enum(['patient', 'professional']),
      state: z.enum(GOAL_STATES),
      targetOn: dateText.optional(),
      proposal: z
        .object({ ...proposalShape, changes: z.object({ text: words.optional(), targetOn: dateText.optional() }) })
        .optional(),
    })
    .meta({ id: 'Goal' }),
  'named-contact': z
    .object({
      ...inPlanShape,
      role: z.enum(CONTACT_ROLES),
      state: z.enum(CONTACT_STATES),
      person: person.optional(),
      roleName: words.optional(),
      unit: hsaIdText.optional(),
      from: dateText.optional(),
      to: dateText.optional(),
      away: z.array(z.object({ from: whenText, to: whenText })),
      deputy: z.object({ staff: hsaIdText.optional(), name: words, unit: hsaIdText }).optional(),
      basis: z.enum(['patient-request', 'need']).optional(),
      designatedBy: z.object({ staff: hsaIdText.optional(), name: words.optional(), unit: hsaIdText }).optional(),
      isPrimary: z.boolean(),
      reason: words.optional(),
    })
    .meta({ id: 'NamedContact', description: 'Fast vårdkontakt med flera.' }),
  participant: z
    .object({
      ...inPlanShape,
      party: partyAnswer,
      role: words.optional(),
      state: z.enum(PARTICIPANT_STATES),
      reason: words.optional(),
      invitedAt: instantText,
      answeredAt: instantText.optional(),
    })
    .meta({ id: 'Participant' }),
  report: z
    .object({
      ...inPlanShape,
      stepId: thingIdText,
      occurrence: dateText.optional(),
      outcome: z.enum(REPORT_OUTCOMES),
      performedAt: instantText,
      reportedAt: instantText,
      clientKey: words,
      note: words.optional(),
      patientText: words.optional(),
      reason: z.enum(NOT_DONE_REASONS).optional(),
      value: z.object({ amount: z.number(), unit: words }).optional(),
      nextTime: whenText.optional(),
    })
    .meta({ id: 'Report', description: 'En rapport: vad som hände med ett steg eller ett tillfälle.' }),
  'self-care-assessment': z
    .object({
      ...inPlanShape,
      stepId: thingIdText,
      assessor: z.object({ staff: hsaIdText, name: words, profession: words }),
      unit: hsaIdText,
      assessedOn: dateText,
      reviewOn: dateText,
      helpNeeded: words,
      ifItFails: words,
    })
    .meta({ id: 'SelfCareAssessment', description: 'Egenvårdsbedömning (lag 2022:1250).' }),
  commitment: z
    .object({
      ...inPlanShape,
      by: partyAnswer,
      to: partyAnswer,
      text: words,
      due: whenText.optional(),
      state: z.enum(COMMITMENT_STATES),
      order: z.int(),
      judged: z.object({ at: instantText, by: changedBy, why: words.optional() }).optional(),
      answeredBy: answered.optional(),
      proposal: z
        .object({ ...proposalShape, changes: z.object({ text: words.optional(), due: whenText.optional() }) })
        .optional(),
    })
    .meta({ id: 'Commitment', description: 'Ett löfte, åt båda håll.' }),
  'safety-net-item': z
    .object({
      ...inPlanShape,
      level: z.enum(['green', 'yellow', 'red']),
      sign: words,
      advice: words,
      call: z.object({ day: callAnswer.optional(), night: callAnswer.optional() }).optional(),
      order: z.int(),
    })
    .meta({ id: 'SafetyNetItem', description: 'Håll koll på: tecken, råd, och vem man ringer dag och natt.' }),
  'agreement-version': z
    .object({
      ...inPlanShape,
      version: z.int(),
      state: z.enum(AGREEMENT_STATES),
      parts: z.array(
        z.object({
          kind: z.enum(['step', 'commitment', 'goal']),
          id: thingIdText,
          revision: z.int(),
          party: partyAnswer,
        }),
      ),
      proposedAt: instantText,
      agreedAt: instantText.optional(),
    })
    .meta({ id: 'AgreementVersion', description: 'En version av det som parterna säger ja till.' }),
  'agreement-act': z
    .object({
      ...inPlanShape,
      version: z.int(),
      party: partyAnswer,
      act: z.enum(['approval', 'reservation']),
      method: z.enum(APPROVAL_METHODS),
      standing: z.enum(['given', 'reported', 'confirmed']),
      against: z.array(thingIdText).optional(),
      text: words.optional(),
      givenAt: instantText,
    })
    .meta({ id: 'AgreementAct', description: 'En parts godkännande av, eller reservation mot, sina egna delar.' }),
  receipt: z
    .object({
      ...inPlanShape,
      version: z.int(),
      side: z.enum(['patient', 'staff']),
      answers: z.object(Object.fromEntries(SEVEN_STATEMENTS.map((s) => [s, z.boolean().optional()]))),
      method: z.enum(APPROVAL_METHODS),
      answeredAt: instantText,
    })
    .meta({ id: 'Receipt', description: 'Mitt kvitto: sju påståenden, från patient eller personal.' }),
  'follow-up': z
    .object({
      ...inPlanShape,
      plannedOn: dateText,
      responsibleUnit: hsaIdText,
      outcome: words.optional(),
      story: words.optional(),
      rating: z.int().optional(),
      doneOn: dateText.optional(),
    })
    .meta({ id: 'FollowUp' }),
  link: z
    .object({
      ...inPlanShape,
      to: z.enum(['plan', 'medicines', 'booking', 'other']),
      title: words,
      url: words.optional(),
      reference: words.optional(),
    })
    .meta({ id: 'Link', description: 'En hänvisning, aldrig en kopia.' }),
  remark: z
    .object({
      ...inPlanShape,
      aboutId: thingIdText.optional(),
      what: z.enum(['comment', 'question', 'objection', 'another-time', 'disagreement', 'answer']),
      text: words,
      answers: thingIdText.optional(),
      wishedTime: words.optional(),
    })
    .meta({ id: 'Remark', description: 'En kommentar, fråga, invändning eller önskan, eller svaret på en.' }),
  handover: z
    .object({
      ...inPlanShape,
      of: z.enum(HANDOVER_DUTIES),
      aboutId: thingIdText.meta({ description: 'Steget, kontakten, uppföljningen, eller planen själv.' }),
      state: z.enum(HANDOVER_STATES).meta({ description: 'Kvitterad (`received`) är inte övertagen (`accepted`).' }),
      fromUnit: hsaIdText,
      toUnit: hsaIdText,
      needs: words.optional(),
      given: words.optional(),
      answerBy: instantText.meta({ description: 'Sista stund att ta över eller lämna tillbaka.' }),
      answerRule: z.object({ name: words, agreed: words.optional() }),
      escalateTo: hsaIdText,
      patientsYes: z.object({ method: z.enum(APPROVAL_METHODS), at: instantText }).optional(),
      offeredAt: instantText,
      receivedAt: instantText.optional(),
      receivedBy: changedBy.optional(),
      answeredAt: instantText.optional(),
      answeredBy: changedBy.optional(),
      gotWhatWasNeeded: z.enum(GOT_WHAT_WAS_NEEDED).optional(),
      missing: words.optional(),
      reason: words.optional(),
      forwarded: z.array(z.object({ fromUnit: hsaIdText, at: instantText, reason: words.optional() })),
    })
    .meta({ id: 'Handover', description: 'Ett steg eller uppdrag på väg till nästa enhet.' }),
  feedback: z
    .object({
      ...inPlanShape,
      aboutId: thingIdText,
      what: z.enum([...FEEDBACK_KINDS, 'reply']),
      fromUnit: hsaIdText,
      toUnit: hsaIdText,
      text: words,
      answers: thingIdText.optional(),
    })
    .meta({ id: 'Feedback', description: 'Återkoppling till steget före, eller svaret på en.' }),
} as const satisfies Record<ContributionKind, z.ZodType>;

/** A whole plan: the header and everything in it that this reader may see. */
export const wholePlanAnswer = z
  .object({
    plan: ANSWERS.plan,
    hasMore: z.boolean().optional().meta({
      description:
        'Det finns mer som inte visas, när läsaren får veta det (lag 2022:913 2:4–5); aldrig hos vem eller vad.',
    }),
    whatMatters: z.array(ANSWERS['what-matters']),
    goals: z.array(ANSWERS.goal),
    namedContacts: z.array(ANSWERS['named-contact']),
    participants: z.array(ANSWERS.participant),
    steps: z.array(ANSWERS.step),
    reports: z.array(ANSWERS.report),
    selfCareAssessments: z.array(ANSWERS['self-care-assessment']),
    commitments: z.array(ANSWERS.commitment),
    safetyNet: z.array(ANSWERS['safety-net-item']),
    agreementVersions: z.array(ANSWERS['agreement-version']),
    agreementActs: z.array(ANSWERS['agreement-act']),
    receipts: z.array(ANSWERS.receipt),
    followUps: z.array(ANSWERS['follow-up']),
    links: z.array(ANSWERS.link),
    remarks: z.array(ANSWERS.remark),
    handovers: z.array(ANSWERS.handover),
    feedback: z.array(ANSWERS.feedback),
  })
  .meta({ id: 'WholePlan', description: 'Planens huvud och allt i den som läsaren får se.' });
