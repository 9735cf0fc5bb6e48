import { z } from 'zod';
import { date, hsaId, publicPatientId, publicReferenceId, text } from '../../http/fields.ts';
import { because } from '../../http/reasons.ts';
import { CONCLUSION_OUTCOMES, PATTERNS } from '../domain/review.ts';

/** What reviewers send. */

const LONGEST_DAYS = 366;

const period = {
  from: date.meta({ description: 'Första dag, i svensk tid.' }),
  to: date.meta({ description: 'Sista dag, i svensk tid.' }),
  unit: hsaId.optional().meta({ description: 'Bara det som gjordes från den här enheten.' }),
};

const sample = z
  .strictObject({
    kind: z.literal('sample').meta({ description: 'Slumpmässigt stickprov.' }),
    ...period,
    size: z.int().min(1).max(200).default(20).meta({ description: 'Antal poster att dra.' }),
    seed: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,64}$/)
      .optional()
      .meta({
        description: 'Frö från en tidigare granskning: drar samma poster igen.',
        examples: ['kq3v9Zt0m1Xy2Ab4'],
      }),
  })
  .meta({ examples: [{ kind: 'sample', from: '2026-10-01', to: '2026-10-31', size: 20 }] });

const ofUser = z.strictObject({
  kind: z.literal('user').meta({ description: 'Vad en medarbetare har gjort.' }),
  ...period,
  staff: hsaId.meta({ description: 'Medarbetarens HSA-id.' }),
});

const ofPatient = z.strictObject({
  kind: z.literal('patient').meta({ description: 'Vad som har gjorts med en patients uppgifter.' }),
  ...period,
  patientId: publicPatientId,
});

const emergency = z.strictObject({
  kind: z.literal('emergency').meta({ description: 'Alla nödöppningar.' }),
  ...period,
});

const unusual = z.strictObject({
  kind: z.literal('patterns').meta({ description: 'Ovanliga mönster.' }),
  ...period,
  patterns: z
    .array(z.enum(PATTERNS))
    .min(1)
    .max(PATTERNS.length)
    .default([...PATTERNS])
    .meta({
      description:
        '`own-record` eget namn, `relative` närståendes namn, `same-surname` samma efternamn, `watched` person på listan, `outside-unit` utanför enheter där katalogen säger att medarbetaren arbetar, `volume` fler personer på en dag än `volumeAbove`.',
    }),
  volumeAbove: z.int().min(1).max(10_000).default(50).meta({ description: 'Antal personer på en dag som är vanligt.' }),
});

const DAY_MS = 86_400_000;

/** What to look for. A period is at most a year. */
export const reviewBody = z
  .discriminatedUnion('kind', [sample, ofUser, ofPatient, emergency, unusual])
  .refine(
    ({ from, to }) => (Date.parse(to) - Date.parse(from)) / DAY_MS < LONGEST_DAYS,
    because('Perioden får vara högst ett år.', 'The period may be at most a year.'),
  )
  .meta({
    description: 'Vad som ska granskas.',
    examples: [{ kind: 'sample', from: '2026-10-01', to: '2026-10-31', size: 20 }],
  });

export const conclusionBody = z
  .strictObject({
    outcome: z.enum(CONCLUSION_OUTCOMES).meta({
      description:
        '`no-deviation` inget att anmärka på, `to-be-investigated` utreds vidare, `deviation` obehörig åtkomst.',
    }),
    text: text(4000).meta({ description: 'Bedömningen, i klartext.' }),
    findings: z
      .array(z.int().min(1).max(500))
      .max(500)
      .default([])
      .meta({ description: 'Nummer på de fynd som bedömningen gäller; utelämnat gäller den hela granskningen.' }),
  })
  .meta({
    examples: [{ outcome: 'no-deviation', text: 'Alla åtkomster hör till vård av patienten.', findings: [1, 2] }],
  });

export const watchBody = z
  .strictObject({
    patientId: publicPatientId,
    why: text(1000).meta({ description: 'Skälet, i klartext.', examples: ['Känd för allmänheten.'] }),
  })
  .meta({ examples: [{ patientId: 'abcdefghijklmnopqrstuvwxya', why: 'Känd för allmänheten.' }] });

export const reviewPath = z.strictObject({ reviewId: publicReferenceId });
export const watchPath = z.strictObject({ watchId: publicReferenceId });
