import { z } from 'zod';
import { instantText, thingIdText } from '../../http/fields.ts';
import { pageOf } from '../../http/paging.ts';
import { publicId } from '../../shared/ids.ts';
import type { ToldEntry } from '../domain/told-entry.ts';

/** What the extract answers; plain, since answers are written and never read back. */

const words = z.string();

const EXAMPLE = {
  id: 'abcdefghijklmnopqrstuvwxya-agm4kq7zabcdefghijklmnopqe',
  at: '2026-11-16T10:00:00.000Z',
  sentence: 'Maj Modell, distriktssköterska, Testeryds vårdcentral, Region Exempelland, läste planen.',
  did: 'Läste',
  who: { kind: 'staff' as const, name: 'Maj Modell', role: 'distriktssköterska' },
  unit: 'Testeryds vårdcentral',
  provider: 'Region Exempelland',
  purpose: 'Vård och behandling',
  outcome: 'Beviljad' as const,
  concerning: ['plan', 'steg'],
};

const told = z
  .object({
    id: thingIdText,
    at: instantText,
    sentence: words.meta({ description: 'Hela posten i en mening, klar att visa.' }),
    did: words.meta({ description: 'Vad som gjordes: Läste, Skrev, Signerade, Skrev ut, Nödöppnade …' }),
    who: z
      .object({
        kind: z.enum(['staff', 'patient', 'citizen', 'system', 'unknown']),
        name: words.optional().meta({
          description:
            'Saknas för den som har skyddad identitet eller inte finns i katalogen, och för andra privatpersoner.',
        }),
        role: words.optional().meta({ description: 'Titel, eller Medarbetare när den inte är känd.' }),
      })
      .meta({ description: 'Vem det var.' }),
    unit: words.optional().meta({ description: 'Enheten som användaren arbetade för.' }),
    provider: words.optional().meta({ description: 'Vårdgivaren eller omsorgsgivaren.' }),
    purpose: words.meta({ description: 'Ändamålet med åtkomsten.' }),
    outcome: z.enum(['Beviljad', 'Nekad']),
    concerning: z.array(words).readonly().meta({ description: 'Vilka slags uppgifter det gällde.' }),
  })
  .meta({ id: 'AccessLogEntry', description: 'En post i åtkomstloggen, på vanlig svenska.', examples: [EXAMPLE] });

/** One page of a person's log. */
export const extractAnswer = pageOf(told).meta({
  id: 'AccessLogExtract',
  description: 'En sida av åtkomstloggen, nyast först.',
  examples: [{ items: [EXAMPLE], nextCursor: 'c1.9f2kQm3bH0Zr8sT1uVwXyZaBcDeFgHiJkLmNoPqRsTuVwXyZ01' }],
});

export function presentTold({ patientId, id, ...entry }: ToldEntry): z.output<typeof told> {
  return { id: publicId(patientId, id), ...entry };
}
