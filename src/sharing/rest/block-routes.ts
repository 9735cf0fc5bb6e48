import { z } from 'zod';
import { lawRefusal } from '../../access/index.ts';
import { hsaId } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import type { SharingContext, SharingRecord } from '../change-sharing.ts';
import { type BlockedParty, blockedParty, liftBlock, liftBlockFor, type NewBlock, setBlock } from '../domain/blocks.ts';
import { grantLift, refuseLift } from '../domain/emergencies.ts';
import { LIFT_GROUNDS } from '../domain/model.ts';
import {
  blockAlreadyLifted,
  blockDates,
  blockUnitUnknown,
  innerBlockNeedsUnit,
  liftAlreadyAnswered,
  nothingToLift,
} from '../problems.ts';

import {
  type KindDoor,
  registerAct,
  registerNew,
  registerReads,
  type SharingDeps,
  STAFF,
  WITH_PATIENT,
} from './door.ts';
import { legalBasis, period, why, written } from './requests.ts';
import { targetOrOwn } from './target-or-own.ts';

const TAG = 'Spärr och nödöppning';

const BLOCK: KindDoor<'block'> = {
  kind: 'block',
  tag: TAG,
  collection: 'blocks',
  param: 'blockId',
  noun: 'Block',
  read: {
    action: 'block.read',
    actors: WITH_PATIENT,
    targetOf: ({ provider, unit }) => ({ provider, ...(unit === undefined ? {} : { unit }) }),
  },
  words: {
    list: 'Lista spärrar',
    one: 'Läs en spärr',
    description:
      'För den som administrerar spärrar hos den egna vård- eller omsorgsgivaren, och för personen själv. Andra vårdgivare får bara veta att spärrade uppgifter finns (lag 2022:913 2:5).',
  },
};

const REQUEST: KindDoor<'block-lift-request'> = {
  kind: 'block-lift-request',
  tag: TAG,
  collection: 'block-lift-requests',
  param: 'liftRequestId',
  noun: 'BlockLiftRequest',
  read: { action: 'emergency.read', actors: WITH_PATIENT },
  words: {
    list: 'Lista begäranden om att häva spärr',
    one: 'Läs en begäran om att häva spärr',
    description: 'För den enhets vårdgivare som begärde, för den som har spärrat, och för personen själv.',
  },
};

const blockBody = z
  .strictObject({
    reach: z.enum(['inner', 'outer']).meta({
      description:
        '`inner` döljer en enhets uppgifter för alla andra enheter (PDL 4:4); `outer` döljer en vård- eller omsorgsgivares, eller en av dess enheters, för andra vård- och omsorgsgivare (lag 2022:913 2:3).',
    }),
    provider: hsaId.optional().meta({ description: 'Vems uppgifter; den egna om varken den eller `unit` anges.' }),
    unit: hsaId.optional().meta({ description: 'Bara den här enhetens uppgifter. Krävs för en inre spärr.' }),
    written,
    ...period,
    legalBasis,
  })
  .meta({
    examples: [
      { reach: 'outer', provider: 'SE0000000000-TSTR01' },
      { reach: 'inner', unit: 'SE0000000000-TST0103', until: '2027-03-31' },
    ],
  });

const liftBody = z
  .strictObject({
    ground: z.enum(LIFT_GROUNDS).meta({
      description:
        '`patient-asked` personen vill det; `patient-consents` personen samtycker; `vital` samtycke kan inte inhämtas och uppgifterna är oundgängligen nödvändiga (PDL 4:5).',
    }),
    for: z
      .strictObject({ unit: hsaId, until: period.until.unwrap() })
      .optional()
      .meta({ description: 'Bara för en enhet, en tid. Utan det hävs spärren för gott.' }),
    why: why('Skälet, i klartext.').optional(),
  })
  .meta({ examples: [{ ground: 'patient-asked' }] });

const answerBody = z
  .strictObject({
    answer: z.enum(['grant', 'refuse']),
    until: period.until.meta({
      description: 'Till när spärrarna hävs för den enhet som begär det. Krävs vid `grant`.',
    }),
    why: why('Skälet, i klartext.').optional(),
  })
  .refine(({ answer, until }) => answer === 'refuse' || until !== undefined, { path: ['until'] })
  .meta({ examples: [{ answer: 'grant', until: '2026-11-17T12:00:00+01:00' }] });

/** Blocks: set at once, by the patient or at the patient's wish, and lifted only by who holds them. */
export function registerBlockRoutes(door: Server, deps: SharingDeps): void {
  registerReads(door, deps, BLOCK);
  registerReads(door, deps, REQUEST);
  registerNew(door, deps, BLOCK, {
    operationId: 'setBlock',
    summary: 'Spärra uppgifter',
    description:
      'Gäller genast och går före varje samtycke. Personen själv, eller personal på personens begäran hos den egna vård- eller omsorgsgivaren. En vårdnadshavare får inte spärra ett barns uppgifter.',
    action: 'block.set',
    actors: WITH_PATIENT,
    body: blockBody,
    refuses: [blockDates, blockUnitUnknown, innerBlockNeedsUnit, lawRefusal('guardian-may-not-block')],
    act: (body) => ({
      legalBasis: body.legalBasis,
      named: [body.provider, body.unit].filter((one) => one !== undefined),
      target: (record) => targetOrOwn(record, (own) => partyOf(record, body, own)),
      party: (record) => partyOf(record, body),
      rule: ({ act, patientId, record, unit }) => [
        { kind: 'block', after: setBlock(act, patientId, body, partyOf(record, body, unit)) },
      ],
    }),
  });
  registerLift(door, deps);
  registerAnswer(door, deps);
}

function partyOf(record: SharingRecord, body: NewBlock, unit?: SharingContext<'block'>['unit']): BlockedParty {
  return blockedParty(body, unit, record.units, new Set(record.providers.keys()));
}

function registerLift(door: Server, deps: SharingDeps): void {
  registerAct(door, deps, BLOCK, 'lift', {
    operationId: 'liftBlock',
    summary: 'Häv en spärr',
    description:
      'För gott, eller för en enhet en tid. Personen själv när som helst (lag 2022:913 2:3), eller en behörig befattningshavare hos den som spärren gäller (PDL 4:5).',
    action: 'block.lift',
    actors: WITH_PATIENT,
    body: liftBody,
    refuses: [blockAlreadyLifted, blockDates],
    act: (body) => ({
      target: (_record, thing) => thing && { provider: thing.provider, ...(thing.unit ? { unit: thing.unit } : {}) },
      rule: ({ act, thing }) => {
        const before = thing!;
        const lift = body.for && { ...body.for, ground: body.ground };
        const after = lift ? liftBlockFor(act, before, lift, body.why) : liftBlock(act, before, body.ground, body.why);
        return [{ kind: 'block', before, after }];
      },
    }),
  });
}

function registerAnswer(door: Server, deps: SharingDeps): void {
  registerAct(door, deps, REQUEST, 'answer', {
    operationId: 'answerBlockLiftRequest',
    summary: 'Besvara en begäran om att häva spärr',
    description:
      'Bara den vårdgivare som har spärrat kan svara. Ett ja häver dess spärrar för den enhet som begärde det, till den tid som anges; för alla andra gäller de.',
    action: 'block.lift',
    actors: STAFF,
    body: answerBody,
    refuses: [liftAlreadyAnswered, nothingToLift, blockDates],
    act: (body) => ({
      alsoReads: ['block'],
      target: (_record, thing) =>
        thing && { provider: thing.askedProvider, ...(thing.askedUnit ? { unit: thing.askedUnit } : {}) },
      rule: ({ act, record, thing }) => {
        const request = thing!;
        if (body.answer === 'grant') {
          return grantLift(act, request, record.things.block, { until: body.until!, why: body.why });
        }
        return [{ kind: 'block-lift-request', before: request, after: refuseLift(act, request, body.why) }];
      },
    }),
  });
}
