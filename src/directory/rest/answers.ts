import { z } from 'zod';
import { dateText, instantText, referenceIdText } from '../../http/fields.ts';
import { pageOf } from '../../http/paging.ts';
import { WEEKDAYS } from '../../shared/calendar.ts';
import { UNIT_AREAS } from '../../shared/unit-facts.ts';
import { AUDIENCES, CHANNEL_KINDS, PRINCIPAL_KINDS, PROVIDER_KINDS } from '../domain/model.ts';
import { HOLIDAY_HOURS } from '../domain/opening-hours-form.ts';

/** What the directory answers; plain, since answers are written and never read back. */

const hsaIdText = (suffix: string) =>
  z.string().meta({ description: 'HSA-id.', examples: [`SE0000000000-TST${suffix}`] });
const nameText = (example: string) => z.string().meta({ description: 'Namn.', examples: [example] });
const active = z.boolean().meta({ description: 'Falskt när verksamheten, eller den som den hör till, har upphört.' });

const principalKind = z.enum(PRINCIPAL_KINDS).meta({ description: 'Region eller kommun.' });
const providerKind = z
  .enum(PROVIDER_KINDS)
  .meta({ description: '`care` vårdgivare (HSL), `social-care` omsorgsgivare (SoL, LSS).' });

const principalShape = { hsaId: hsaIdText('H01'), name: nameText('Region Exempelland'), kind: principalKind };
const providerShape = { hsaId: hsaIdText('R01'), name: nameText('Region Exempelland'), kind: providerKind };

export const principalAnswer = z
  .object({
    id: referenceIdText,
    ...principalShape,
    areaCode: z
      .string()
      .optional()
      .meta({ description: 'Länskod (2 siffror) eller kommunkod (4).', examples: ['12'] }),
    active,
  })
  .meta({ id: 'Principal', description: 'Huvudman: en region eller en kommun.' });

const principalName = z.object(principalShape).meta({ id: 'PrincipalName', description: 'Huvudman, i korthet.' });
const providerName = z
  .object(providerShape)
  .meta({ id: 'CareProviderName', description: 'Vård- eller omsorgsgivare, i korthet.' });

export const providerAnswer = z
  .object({
    id: referenceIdText,
    ...providerShape,
    organizationNumber: z
      .string()
      .optional()
      .meta({ description: 'Tio siffror; aldrig ett personnummer.', examples: ['0000000000'] }),
    joinedSharedDocumentationFrom: dateText.optional().meta({
      description: 'Första dag i sammanhållen vård- och omsorgsdokumentation (lag 2022:913); frivilligt.',
      format: 'date',
      examples: ['2024-01-01'],
    }),
    joinedSharedDocumentationTo: dateText
      .optional()
      .meta({ description: 'Sista dag ansluten.', format: 'date', examples: ['2027-12-31'] }),
    active,
    principal: principalName,
  })
  .meta({ id: 'CareProvider', description: 'Vårdgivare eller omsorgsgivare: äger det dess personal skriver.' });

export const unitAnswer = z
  .object({
    id: referenceIdText,
    hsaId: hsaIdText('0201'),
    name: nameText('Testeryds vårdcentral'),
    area: z.enum(UNIT_AREAS).meta({
      description: 'Verksamhetsområde. Bara `health`, `older` och `disability` omfattas av lag 2022:913.',
    }),
    active,
    provider: providerName,
    principal: principalName,
  })
  .meta({ id: 'Unit', description: 'Vårdenhet eller omsorgsenhet.' });

export const staffAnswer = z
  .object({
    id: referenceIdText,
    hsaId: hsaIdText('P003'),
    displayName: z.string().meta({
      description: 'Det som ska visas: namnet, eller rollen för den som har skyddade personuppgifter.',
      examples: ['Maj Modell'],
    }),
    givenName: z
      .string()
      .optional()
      .meta({ description: 'Saknas vid skyddade personuppgifter.', examples: ['Maj'] }),
    familyName: z
      .string()
      .optional()
      .meta({ description: 'Saknas vid skyddade personuppgifter.', examples: ['Modell'] }),
    title: z
      .string()
      .optional()
      .meta({ description: 'Yrkestitel.', examples: ['distriktssköterska'] }),
    units: z
      .array(z.object({ hsaId: hsaIdText('0201'), name: nameText('Testeryds vårdcentral') }).meta({ id: 'UnitName' }))
      .meta({ description: 'Enheterna där personen arbetar.' }),
    active: z.boolean().meta({ description: 'Falskt för den som har slutat.' }),
  })
  .meta({ id: 'StaffMember', description: 'En medarbetare.' });

const clockText = z.string().meta({ description: 'Svensk tid, TT:MM; 24:00 är midnatt.', examples: ['08:00'] });
const holidayHours = z.enum(HOLIDAY_HOURS);

export const openingHoursAnswer = z
  .object({
    weekly: z.array(z.object({ days: z.array(z.enum(WEEKDAYS)), from: clockText, to: clockText })).meta({
      description: 'Veckans tider. Slutar en tid före eller när den börjar gäller den till dagen efter.',
    }),
    holidays: holidayHours.meta({ description: 'Helgdagar som inte är vanliga söndagar.' }),
    eves: holidayHours
      .optional()
      .meta({ description: 'Midsommar-, jul- och nyårsafton; som helgdagar om det saknas.' }),
    exceptions: z
      .array(
        z.object({
          date: dateText,
          closed: z.boolean().optional(),
          from: clockText.optional(),
          to: clockText.optional(),
        }),
      )
      .meta({ description: 'Enskilda dagar, i stället för veckans tider.' }),
    always: z.boolean().optional().meta({ description: 'Dygnet runt, alla dagar.' }),
  })
  .meta({
    id: 'OpeningHours',
    description: 'Öppettider i svensk tid.',
    examples: [
      {
        weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' }],
        holidays: 'closed',
        exceptions: [],
      },
    ],
  });

export const channelAnswer = z
  .object({
    id: referenceIdText,
    key: z.string().meta({ description: 'Enhetens eget namn på kontaktvägen.', examples: ['telefon'] }),
    kind: z.enum(CHANNEL_KINDS).meta({ description: 'Slag av kontaktväg.' }),
    value: z.string().meta({ description: 'Nummer eller adress, som slaget säger.', examples: ['040-6280411'] }),
    purpose: z.string().meta({ description: 'Vad den är till för.', examples: ['Frågor om din vård'] }),
    audience: z.enum(AUDIENCES).meta({ description: 'Vem den är till för. En medborgare får bara se `patient`.' }),
    openingHours: openingHoursAnswer,
    openingHoursText: z
      .string()
      .meta({ description: 'Öppettiderna på svenska.', examples: ['mån-fre 08:00-17:00; helgdag stängt'] }),
    open: z.boolean().meta({ description: 'Om den är öppen just nu.' }),
    changesAt: instantText.optional().meta({
      description: 'När den stänger, eller öppnar; saknas när det inte är i sikte.',
      format: 'date-time',
      examples: ['2026-11-16T16:00:00.000Z'],
    }),
    whenClosed: z
      .string()
      .optional()
      .meta({ description: 'Vad man gör när det är stängt.', examples: ['Ring 1177 för råd.'] }),
    inEmergency: z
      .string()
      .optional()
      .meta({ description: 'Vad man gör om det är akut.', examples: ['Ring 112.'] }),
    order: z.int().meta({ description: 'Enhetens egen ordning, lägst först.', examples: [1] }),
  })
  .meta({ id: 'UnitChannel', description: 'En kontaktväg till en enhet, och om den är öppen just nu.' });

export const channelsAnswer = z
  .object({ items: z.array(channelAnswer).meta({ description: 'Kontaktvägarna i enhetens egen ordning.' }) })
  .meta({ id: 'UnitChannels' });

export const principalPage = pageOf(principalAnswer).meta({ id: 'PrincipalPage' });
export const providerPage = pageOf(providerAnswer).meta({ id: 'CareProviderPage' });
export const unitPage = pageOf(unitAnswer).meta({ id: 'UnitPage' });
export const staffPage = pageOf(staffAnswer).meta({ id: 'StaffPage' });
