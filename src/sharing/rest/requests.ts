import { z } from 'zod';
import { dayOrInstant, instant, text } from '../../http/fields.ts';
import { LEGAL_BASES } from '../../shared/owned.ts';
import { endOfDay, startOfDay } from '../../shared/swedish-time.ts';

/** Fields that several of this slice's requests are made of. */

export const period = {
  from: dayOrInstant(startOfDay, 'Från och med; från nu om det utelämnas.').optional(),
  until: dayOrInstant(endOfDay, 'Till och med en dag, eller fram till en tidpunkt.').optional(),
};

export const written = z
  .strictObject({
    from: dayOrInstant(startOfDay, 'Skrivet från och med.').optional(),
    until: dayOrInstant(endOfDay, 'Skrivet till och med en dag, eller före en tidpunkt.').optional(),
  })
  .optional()
  .meta({ description: 'Bara det som skrevs under den här tiden; utan den gäller det allt.' });

export const legalBasis = z
  .enum(LEGAL_BASES)
  .optional()
  .meta({ description: 'Lag som uppgiften dokumenteras enligt; enhetens egen om den utelämnas.' });

export const why = (description: string) => text(1000).meta({ description });

export const endBody = z
  .strictObject({ why: why('Skälet, i klartext.').optional() })
  .meta({ examples: [{ why: 'Insatsen är avslutad.' }] });

export const at = instant.optional();
