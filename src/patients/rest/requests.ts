import { z } from 'zod';
import { date, languageCode, line, personNumber, publicPatientId, publicThingId, text } from '../../http/fields.ts';
import { type LocalDate, WEEKDAYS } from '../../shared/calendar.ts';
import { OPENING_TIME_PATTERN } from '../../shared/opening-hours.ts';
import { LEGAL_BASES } from '../../shared/owned.ts';
import { CONTACT_WAYS } from '../domain/contact-needs.ts';
import { RELATED_KINDS } from '../domain/related-person.ts';

/** What callers send about persons. Personal numbers come in bodies only, never in an address. */

export const patientPath = z.strictObject({ patientId: publicPatientId });
export const relatedPath = z.strictObject({ patientId: publicPatientId, relatedPersonId: publicThingId });
export const joinPath = z.strictObject({ patientId: publicPatientId, joinId: publicThingId });

const givenName = line(100).meta({ description: 'Förnamn.', examples: ['Ester'] });
const familyName = line(100).meta({ description: 'Efternamn.', examples: ['Exempelsson'] });
const contactWay = z.enum(CONTACT_WAYS).meta({ description: 'Hur personen helst vill bli nådd av vården.' });
const clock = z
  .string()
  .regex(OPENING_TIME_PATTERN)
  .meta({ description: 'Klockslag i svensk tid, TT:MM.', examples: ['10:00'] });
const why = text(1000).meta({ description: 'Skälet, i klartext.', examples: ['Samma person, id-kontroll på plats.'] });

const callTimes = z
  .array(z.strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1).max(7), from: clock, to: clock }))
  .max(20)
  .meta({ description: 'När det går bra att ringa.' });

const needs = {
  interpreter: languageCode.meta({ description: 'Språk att tolka, BCP 47; `swl` är svenskt teckenspråk.' }),
  hearing: z.boolean().meta({ description: 'Hör dåligt eller inte alls.' }),
  sight: z.boolean().meta({ description: 'Ser dåligt eller inte alls.' }),
  pictures: z.boolean().meta({ description: 'Behöver bildstöd.' }),
  easySwedish: z.boolean().meta({ description: 'Behöver lätt svenska.' }),
  doNotCall: z.boolean().meta({ description: 'Vården får aldrig ringa.' }),
  callTimes,
  cannotUse1177: z.boolean().meta({ description: 'Kan inte logga in på 1177.' }),
  notes: text(1000).meta({ description: 'Annat att tänka på.', examples: ['Låt det ringa länge.'] }),
};

const contactNeeds = z
  .strictObject({
    interpreter: needs.interpreter.optional(),
    hearing: needs.hearing.optional(),
    sight: needs.sight.optional(),
    pictures: needs.pictures.optional(),
    easySwedish: needs.easySwedish.optional(),
    doNotCall: needs.doNotCall.optional(),
    callTimes: needs.callTimes.optional(),
    cannotUse1177: needs.cannotUse1177.optional(),
    notes: needs.notes.optional(),
  })
  .meta({ description: 'Vad vården behöver veta för att nå personen på ett sätt som fungerar.' });

const contactNeedsPatch = z
  .strictObject({
    interpreter: needs.interpreter.nullable().optional(),
    hearing: needs.hearing.nullable().optional(),
    sight: needs.sight.nullable().optional(),
    pictures: needs.pictures.nullable().optional(),
    easySwedish: needs.easySwedish.nullable().optional(),
    doNotCall: needs.doNotCall.nullable().optional(),
    callTimes: needs.callTimes.nullable().optional(),
    cannotUse1177: needs.cannotUse1177.nullable().optional(),
    notes: needs.notes.nullable().optional(),
  })
  .meta({ description: 'Ändrade behov; null tar bort ett behov.' });

export const changePatientBody = z
  .strictObject({
    givenName: givenName.optional(),
    familyName: familyName.optional(),
    language: languageCode.optional(),
    preferredContactWay: contactWay.nullable().optional(),
    contactNeeds: contactNeedsPatch.nullable().optional(),
  })
  .meta({
    description: 'Bara det som ska ändras (RFC 7396): utelämnat lämnas som det är, null tas bort.',
    examples: [{ preferredContactWay: 'phone', contactNeeds: { hearing: true, cannotUse1177: null } }],
  });

export const deceasedBody = z.strictObject({ deceasedOn: date }).meta({ examples: [{ deceasedOn: '2026-11-15' }] });
export const whyBody = z.strictObject({ why });

const relatedFields = {
  name: line(200).meta({ description: 'Namn.', examples: ['Anna Exempelsson'] }),
  phone: z
    .string()
    .regex(/^\+?[0-9][0-9 ()-]{4,23}$/)
    .meta({ description: 'Telefonnummer.', examples: ['08-46500400'] }),
  kinship: line(100).meta({ description: 'Släktskap eller relation, i ord.', examples: ['dotter'] }),
  decisionReference: line(200).meta({
    description: 'Beslutets beteckning; krävs för en legal företrädare.',
    examples: ['Provköpings tingsrätt Ä 1234-25'],
  }),
  from: date.meta({ description: 'Första dag.' }),
  until: date.meta({ description: 'Sista dag.' }),
  protectedIdentity: z.boolean().meta({
    description: 'Har själv skyddade personuppgifter: länken är bruten tills någon har prövat den.',
  }),
  approvedForPatient: z.boolean().meta({ description: 'Får visas för patienten.' }),
};

const relation = z.enum(RELATED_KINDS).meta({
  description:
    '`relative` närstående, `guardian` vårdnadshavare, `legal-representative` god man eller förvaltare, `proxy` ombud som en vuxen har valt.',
});

export const endRelatedBody = z
  .strictObject({
    until: relatedFields.until.optional().meta({ description: 'Sista dag; idag om det utelämnas.' }),
    why: why.optional(),
  })
  .meta({ examples: [{ until: '2026-11-30' }] });

export const joinBody = z
  .strictObject({
    joinedPatientId: publicPatientId.meta({ description: 'Den som registrerats med reservnummer.' }),
    why,
  })
  .meta({ description: 'Den i sökvägen är den rätta personen, vars uppgifter gäller.' });

/**
 * The bodies that hold a personal number, whose century is judged by the day in Sweden.
 *
 * @param today the day when a request is read, in business time
 */
export function numberBodies(today: () => LocalDate) {
  const number = personNumber(today);
  return {
    register: z
      .strictObject({
        personNumber: number,
        givenName,
        familyName,
        language: languageCode.optional().meta({ description: 'Språk, BCP 47; `sv` om det utelämnas.' }),
        preferredContactWay: contactWay.optional(),
        contactNeeds: contactNeeds.optional(),
      })
      .meta({
        examples: [
          {
            personNumber: '192612049029',
            givenName: 'Ester',
            familyName: 'Exempelsson',
            preferredContactWay: 'phone',
            contactNeeds: { hearing: true, cannotUse1177: true },
          },
        ],
      }),
    search: z.strictObject({ personNumber: number }).meta({ examples: [{ personNumber: '192612049029' }] }),
    number: z.strictObject({ personNumber: number }).meta({ examples: [{ personNumber: '192612049029' }] }),
    addRelated: z
      .strictObject({
        relation,
        name: relatedFields.name,
        phone: relatedFields.phone.optional(),
        personNumber: number.optional(),
        kinship: relatedFields.kinship.optional(),
        decisionReference: relatedFields.decisionReference.optional(),
        from: relatedFields.from.optional(),
        until: relatedFields.until.optional(),
        protectedIdentity: relatedFields.protectedIdentity.optional(),
        approvedForPatient: relatedFields.approvedForPatient.default(false),
        legalBasis: z
          .enum(LEGAL_BASES)
          .optional()
          .meta({ description: 'Lag som uppgiften dokumenteras enligt; enhetens egen om den utelämnas.' }),
      })
      .meta({
        examples: [{ relation: 'relative', name: 'Anna Exempelsson', kinship: 'dotter', phone: '08-46500400' }],
      }),
    changeRelated: z
      .strictObject({
        relation: relation.optional(),
        name: relatedFields.name.optional(),
        phone: relatedFields.phone.nullable().optional(),
        personNumber: number.nullable().optional(),
        kinship: relatedFields.kinship.nullable().optional(),
        decisionReference: relatedFields.decisionReference.nullable().optional(),
        from: relatedFields.from.nullable().optional(),
        until: relatedFields.until.nullable().optional(),
        protectedIdentity: relatedFields.protectedIdentity.nullable().optional(),
        approvedForPatient: relatedFields.approvedForPatient.optional(),
      })
      .meta({
        description: 'Bara det som ska ändras (RFC 7396): utelämnat lämnas som det är, null tas bort.',
        examples: [{ phone: '08-46500401' }],
      }),
  };
}

/**
 * What a merge patch makes of some fields: null takes a field away (as undefined, so that it hides the earlier value),
 * an absent one is left out.
 */
export function patched<T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], null> } {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined])) as {
    [K in keyof T]: Exclude<T[K], null>;
  };
}
