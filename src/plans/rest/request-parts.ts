import { z } from 'zod';
import { date, hsaId, instant, line, publicThingId, text } from '../../http/fields.ts';
import { because } from '../../http/reasons.ts';
import { APPROVAL_METHODS, LEGAL_BASES, WEEKDAYS } from '../domain/model.ts';
import { parseWhen } from '../domain/when.ts';

/** The parts that requests about plans are made of; they read into the forms that the domain holds. */

export const title = line(200).meta({ description: 'Vad, i få ord.', examples: ['Viktkontroll'] });
export const patientText = text(4000).meta({
  description: 'Klartext till patienten. Bara denna text når patienten.',
  examples: ['Hemsjukvården kommer och väger dig.'],
});
export const clinicalText = text(8000).meta({ description: 'Text för personal; når aldrig patienten.' });
export const ownWords = text(8000).meta({ description: 'Personens egna ord, byte för byte.' });
export const reason = text(1000).meta({ description: 'Skälet, i klartext.' });
export const approvedForPatient = z
  .boolean()
  .meta({ description: 'Får visas för patienten. Utelämnat: som planens huvud säger.' });
export const legalBasis = z.enum(LEGAL_BASES).meta({ description: 'Lag som uppgiften dokumenteras enligt.' });
export const method = z
  .enum(APPROVAL_METHODS)
  .meta({ description: 'Hur svaret gavs: muntligt, skriftligt eller digitalt.' });

export const externalId = z
  .strictObject({
    source: line(100).meta({ description: 'Källsystem.', examples: ['journal'] }),
    id: line(200).meta({ description: 'Källsystemets id; aldrig ett personnummer.' }),
  })
  .meta({ description: 'Där ett källsystem känner uppgiften; unikt per vårdgivare.' });

/** Who may see it, under which law, and where a source knows it: the same for everything that is written. */
export const ownership = {
  approvedForPatient: approvedForPatient.optional(),
  legalBasis: legalBasis.optional(),
  externalId: externalId.optional(),
};

/** A day (in time until its end, in Sweden) or an instant. */
export const when = z
  .string()
  .meta({
    description: 'En dag (gäller till dagens slut i Sverige) eller en tidpunkt med tidszon.',
    examples: ['2026-11-23', '2026-11-23T12:00:00+01:00'],
  })
  .transform((value, context) => {
    const parsed = parseWhen(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({
      code: 'custom',
      ...because(
        'Ska vara en dag eller en tidpunkt med tidszon som finns, till exempel 2026-11-23.',
        'Must be an existing day, or an existing time with a time zone, for example 2026-11-23.',
      ),
    });
    return z.NEVER;
  });

/** A thing of the same patient: whose it is must agree with the address, which the route checks. */
export const thing = publicThingId;

export const party = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('patient') }),
    z.strictObject({ kind: z.literal('relative'), relatedPersonId: thing }),
    z.strictObject({ kind: z.enum(['region', 'municipality-health', 'municipality-social']), unit: hsaId }),
    z.strictObject({ kind: z.literal('other'), unit: hsaId.optional(), name: line(200).optional() }),
  ])
  .meta({ description: 'Vem: patienten, en närstående, en enhet, eller någon annan. Aldrig en huvudman.' });

export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ description: 'Klockslag i svensk tid.', examples: ['07:00'] });

const series = z
  .strictObject({
    every: z.enum(['day', 'week', 'month']),
    interval: z.int().min(1).max(366).default(1),
    weekdays: z.array(z.enum(WEEKDAYS)).min(1).max(7).optional(),
    startsOn: date,
    endsOn: date.optional(),
    timeOfDay: timeOfDay.optional(),
    exceptions: z
      .array(z.strictObject({ on: date, movedTo: when.optional(), cancelled: z.literal(true).optional() }))
      .max(500)
      .optional(),
  })
  .meta({ description: 'En serie: var n:te dag, vecka eller månad, från en dag.' });

const link = z
  .url({ protocol: /^https$/ })
  .max(1000)
  .meta({ description: 'Adress, bara https.' });

export const stepTime = z
  .discriminatedUnion('form', [
    z.strictObject({
      form: z.literal('fixed'),
      start: instant,
      end: instant.optional(),
      changeable: z
        .strictObject({ byPatient: z.boolean(), how: text(500).optional() })
        .meta({ description: 'Om och hur patienten kan ändra tiden.' }),
    }),
    z.strictObject({ form: z.literal('window'), from: when, to: when }),
    z.strictObject({ form: z.literal('latest-by'), by: when }),
    z.strictObject({ form: z.literal('patient-books'), link: link.optional(), by: when.optional() }),
    z.strictObject({ form: z.literal('as-needed'), by: when }),
    z.strictObject({ form: z.literal('waiting-list'), expected: when }),
    z.strictObject({ form: z.literal('recurring'), series }),
  ])
  .meta({ description: 'När: bokad tid, tidsfönster, senast, patienten bokar, vid behov, väntelista eller en serie.' });

export const httpsLink = link;
