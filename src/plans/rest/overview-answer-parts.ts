import { z } from 'zod';
import { dateText, instantText, revision, thingIdText } from '../../http/fields.ts';
import { APPROVAL_METHODS, PARTY_KINDS, STEP_STATES, WAYS } from '../domain/model.ts';
import { hsaIdText, whenText } from './answer-parts.ts';

/** The parts that the patient's overview is made of: words first, since portals show them as they are. */

const words = z.string();

export const inPlan = { id: thingIdText, planId: thingIdText };

export const partyView = z
  .object({
    kind: z.enum(PARTY_KINDS),
    side: z.enum(['me', 'network', 'care']).meta({ description: 'Jag gör, mitt nätverk gör, ni gör.' }),
    name: words,
    relation: words.optional(),
    unit: hsaIdText.optional(),
  })
  .meta({ id: 'PartyView' });

export const writerView = z
  .object({
    kind: z.enum(['staff', 'patient', 'relative', 'system']),
    name: words,
    unit: hsaIdText.optional(),
    unitName: words.optional(),
  })
  .meta({ id: 'WriterView' });

export const answerView = z
  .object({ by: writerView, at: instantText, method: z.enum(APPROVAL_METHODS).optional() })
  .meta({ id: 'AnswerView', description: 'Vem som svarade, när och hur.' });

export const whenView = z
  .object({
    form: words,
    start: instantText.optional(),
    end: instantText.optional(),
    from: whenText.optional(),
    by: whenText.optional(),
    on: dateText.optional(),
    words: words.meta({ description: 'Klart att visa.', examples: ['torsdag 26 november 13:00'] }),
    often: words.optional(),
    changeable: z.object({ byPatient: z.boolean(), how: words.optional() }).optional(),
    link: words.optional(),
  })
  .meta({ id: 'WhenView', description: 'När, för maskiner och i ord.' });

export const howView = z
  .object({ kind: z.enum(WAYS), words, careLevel: words.optional(), place: words.optional() })
  .meta({ id: 'HowView' });

/** What would read otherwise; which fields there are follows of the kind of thing. */
export const proposalView = z
  .object({ agreementVersion: z.int(), changes: z.record(z.string(), z.unknown()) })
  .meta({ id: 'ProposalView', description: 'Ett förslag bredvid det som gäller.' });

export const factsChanged = z.object({ at: instantText, fields: z.array(words) }).meta({ id: 'FactsChanged' });

export const stepViewShape = {
  ...inPlan,
  revision,
  state: z.enum(STEP_STATES),
  stateWords: words,
  order: z.int(),
  what: words,
  purpose: words,
  who: partyView,
  performer: words.optional(),
  responsibleNow: z.object({ unit: hsaIdText, name: words }),
  when: whenView.optional(),
  how: howView.optional(),
  condition: words.optional(),
  agreedLatest: whenText.optional(),
  laterThanAgreed: z.boolean(),
  changed: factsChanged.optional(),
  proposal: proposalView.optional(),
  predecessors: z.array(thingIdText),
};

export const reachView = z
  .object({
    contact: z.object({
      via: words,
      name: words,
      role: words.optional(),
      unitName: words,
      askFor: words.optional(),
      inPlaceOf: words.optional(),
    }),
    channel: z.object({ kind: words, value: words, purpose: words }),
    emergency: words,
    open: z.boolean(),
    until: instantText.optional(),
    opensAt: instantText.optional(),
    untilThen: words.optional(),
    words: words.optional(),
  })
  .meta({ id: 'ReachView', description: 'Vem jag når nu: en kontakt och en väg som är öppen, eller när den öppnar.' });

export const acting = z
  .object({
    as: z.enum(['contact', 'deputy', 'planning-lead', 'unit']),
    name: words,
    role: words.optional(),
    unit: hsaIdText,
    unitName: words,
    inPlaceOf: words.optional(),
  })
  .meta({
    id: 'ActingView',
    description: 'Vem som agerar just nu: kontakten, ersättaren, den planeringsansvariga eller enheten.',
  });

const late = z
  .object({
    due: instantText,
    holder: acting,
    caller: acting,
    callsToday: z.boolean(),
    opensAt: instantText.optional(),
  })
  .meta({ id: 'LateView', description: 'Vården är sen: vem som har frågan, och om patienten blir uppringd i dag.' });

export const nextStepView = z
  .object({
    kind: z.enum(['step', 'late', 'owed', 'proposal', 'resting', 'follow-up']),
    planId: thingIdText,
    step: z.object(stepViewShape).optional(),
    occurrence: dateText.optional(),
    duty: words.optional(),
    what: words.optional(),
    when: whenView.optional(),
    late: late.optional(),
    by: acting.optional(),
    byWhen: whenText.optional(),
    reach: reachView,
    after: z
      .object({
        planId: thingIdText,
        stepId: thingIdText.optional(),
        what: words,
        when: whenView.optional(),
        sentence: words,
      })
      .optional(),
    sentence: words.meta({
      description:
        'Vad och när i en mening eller två, klart att visa; var och med vem står i `step`, vem man når i `reach`.',
      examples: ['Maj Modell ringer dig måndag 23 november före 12:00.'],
    }),
  })
  .meta({ id: 'NextStep', description: 'Nästa steg: exakt ett, alltid beräknat.' });
