import { z } from 'zod';
import { hsaId, instant, line, text } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { INFORMATION_FORMS } from '../domain/model.ts';
import { recordInability, recordInformation, registerCareRelation } from '../domain/relations.ts';
import { alreadyEnded, inabilityNeedsClarification, periodDates, unitUnknown } from '../problems.ts';
import { closing } from './closing.ts';
import {
  type KindDoor,
  registerAct,
  registerNew,
  registerReads,
  type SharingDeps,
  STAFF,
  WITH_PATIENT,
} from './door.ts';
import { endBody, legalBasis, period, why } from './requests.ts';

const TAG = 'Relation och samtycke';

const INFORMATION: KindDoor<'information-given'> = {
  kind: 'information-given',
  tag: TAG,
  collection: 'information-given',
  param: 'informationId',
  noun: 'InformationGiven',
  read: { action: 'information.read', actors: WITH_PATIENT },
  words: {
    list: 'Lista information som lämnats',
    one: 'Läs en uppgift om lämnad information',
    description:
      'Vad personen har fått veta om sammanhållen vård- och omsorgsdokumentation (lag 2022:913 2:2). Personal ser det egna vård- eller omsorgsgivaren har registrerat eller gäller.',
  },
};

const RELATION: KindDoor<'care-relation'> = {
  kind: 'care-relation',
  tag: TAG,
  collection: 'care-relations',
  param: 'careRelationId',
  noun: 'CareRelation',
  read: { action: 'care-relation.read', actors: WITH_PATIENT },
  words: {
    list: 'Lista registrerade relationer',
    one: 'Läs en registrerad relation',
    description:
      'Patientrelationer, insatser och utredningar som enheter har registrerat. Personal ser den egna vård- eller omsorgsgivarens, personen själv alla.',
  },
};

const INABILITY: KindDoor<'inability'> = {
  kind: 'inability',
  tag: TAG,
  collection: 'inabilities',
  param: 'inabilityId',
  noun: 'Inability',
  read: { action: 'consent.read', actors: WITH_PATIENT },
  words: {
    list: 'Lista bedömningar av oförmåga att samtycka',
    one: 'Läs en bedömning av oförmåga att samtycka',
    description: 'Underlaget för undantagen från samtycke i lag 2022:913 2:6 och 3:1–4.',
  },
};

const informationBody = z
  .strictObject({
    provider: hsaId.optional().meta({ description: 'Vems uppgifter det gällde; den egna om det utelämnas.' }),
    form: z.enum(INFORMATION_FORMS).meta({ description: 'Muntligt, skriftligt eller elektroniskt.' }),
    at: instant.optional().meta({ description: 'När; nu om det utelämnas.' }),
    note: text(1000).optional().meta({ description: 'Annat att komma ihåg, till exempel vem som tolkade.' }),
    legalBasis,
  })
  .meta({ examples: [{ form: 'oral' }] });

const relationBody = z
  .strictObject({
    kind: z.enum(['care', 'intervention', 'investigation']).meta({
      description:
        '`care` patientrelation hos en vårdgivare (3:1); `intervention` insats och `investigation` utredning hos en omsorgsgivare (3:2).',
    }),
    ...period,
    basis: text(500)
      .optional()
      .meta({ description: 'Vad den grundas på.', examples: ['Remiss från vårdcentralen'] }),
    legalBasis,
  })
  .meta({ examples: [{ kind: 'care', basis: 'Inskriven på avdelningen' }] });

const inabilityBody = z
  .strictObject({
    kind: z.enum(['child', 'lasting']).meta({
      description:
        '`child` barn som saknar förmåga att samtycka; `lasting` person som inte endast tillfälligt gör det.',
    }),
    clarification: text(2000).meta({
      description: 'Hur inställningen klarlagts så långt det är möjligt, eller hur barnets mognad bedömts.',
      examples: ['Samtal med patienten och dottern vid två tillfällen.'],
    }),
    noReasonToObject: z.boolean().optional().meta({
      description: 'Det finns inte anledning att anta att personen skulle ha motsatt sig. Krävs vid `lasting`.',
    }),
    assessedBy: z
      .strictObject({ staff: hsaId.optional(), name: line(200) })
      .optional()
      .meta({ description: 'Vem som bedömde; den som registrerar om det utelämnas.' }),
    ...period,
    legalBasis,
  })
  .meta({
    examples: [
      {
        kind: 'lasting',
        clarification: 'Samtal med patienten och dottern vid två tillfällen.',
        noReasonToObject: true,
      },
    ],
  });

/** Information given, care relations and inability: on what ground others may read. */
export function registerRelationRoutes(door: Server, deps: SharingDeps): void {
  for (const at of [INFORMATION, RELATION, INABILITY]) registerReads(door, deps, at as never);
  registerInformation(door, deps);
  registerRelations(door, deps);
  registerInabilities(door, deps);
}

function registerInformation(door: Server, deps: SharingDeps): void {
  registerNew(door, deps, INFORMATION, {
    operationId: 'recordInformationGiven',
    summary: 'Registrera att information lämnats',
    description:
      'Vad sammanhållen dokumentation innebär och att personen kan motsätta sig den (lag 2022:913 2:2). Innan det är registrerat ser ingen annan vård- eller omsorgsgivare något.',
    action: 'information.record',
    actors: STAFF,
    body: informationBody,
    refuses: [unitUnknown, periodDates],
    act: (body) => ({
      legalBasis: body.legalBasis,
      named: body.provider === undefined ? [] : [body.provider],
      rule: ({ act, patientId, record }) => [
        {
          kind: 'information-given',
          after: recordInformation(act, patientId, body, new Set(record.providers.keys())),
        },
      ],
    }),
  });
}

function registerRelations(door: Server, deps: SharingDeps): void {
  registerNew(door, deps, RELATION, {
    operationId: 'registerCareRelation',
    summary: 'Registrera en relation, insats eller utredning',
    description:
      'Den egna enhetens. En deltagare som har åtagit sig något i planen behöver ingen; relationen följer av åtagandet och upphör med det.',
    action: 'care-relation.register',
    actors: STAFF,
    body: relationBody,
    refuses: [periodDates],
    act: (body) => ({
      legalBasis: body.legalBasis,
      target: ({ facts }) => ({ unit: facts.actorUnit?.hsaId, relationKind: body.kind }),
      rule: ({ act, patientId, unit }) => [
        { kind: 'care-relation', after: registerCareRelation(act, patientId, unit!, body) },
      ],
    }),
  });
  registerAct(door, deps, RELATION, 'end', {
    operationId: 'endCareRelation',
    summary: 'Avsluta en relation, insats eller utredning',
    description: 'Gäller genast: enheten läser därefter inte andras uppgifter med stöd av den.',
    action: 'care-relation.end',
    actors: STAFF,
    body: endBody,
    refuses: [alreadyEnded],
    act: (body) => ({
      target: (_record, thing) => ({ unit: thing?.unit }),
      rule: closing('care-relation', body),
    }),
  });
}

function registerInabilities(door: Server, deps: SharingDeps): void {
  registerNew(door, deps, INABILITY, {
    operationId: 'recordInability',
    summary: 'Registrera oförmåga att samtycka',
    description:
      'Med den dokumenterade bedömning som undantaget från samtycke vilar på. Uppgifter som görs tillgängliga så visas inte i patientens egen åtkomst (lag 2022:913 4:2).',
    action: 'inability.record',
    actors: STAFF,
    body: inabilityBody,
    refuses: [inabilityNeedsClarification, periodDates],
    act: (body) => ({
      legalBasis: body.legalBasis,
      rule: ({ act, patientId }) => [{ kind: 'inability', after: recordInability(act, patientId, body) }],
    }),
  });
  registerAct(door, deps, INABILITY, 'end', {
    operationId: 'endInability',
    summary: 'Avsluta en bedömning av oförmåga',
    description: 'När personen kan ta ställning igen. Därefter krävs samtycke.',
    action: 'inability.record',
    actors: STAFF,
    body: z.strictObject({ why: why('Skälet, i klartext.').optional() }).meta({ examples: [{}] }),
    refuses: [alreadyEnded],
    act: (body) => ({
      rule: closing('inability', body),
    }),
  });
}
