import { z } from 'zod';
import { DEFAULT_LAW_SETTINGS } from '../../access/index.ts';
import { hsaId, publicThingId, text } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { SharingRecord } from '../change-sharing.ts';
import { type BlockedParty, blockedParty } from '../domain/blocks.ts';
import { blockGuardian, decideForUnit, type NewSealing, seal } from '../domain/direct-access.ts';
import { alreadyEnded, blockUnitUnknown, guardianUnknown, notOfThatAge, periodDates } from '../problems.ts';

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
import { endBody, legalBasis, period, written } from './requests.ts';
import { targetOrOwn } from './target-or-own.ts';

const TAG = 'Patientens åtkomst';

const GUARDIAN_BLOCK: KindDoor<'guardian-block'> = {
  kind: 'guardian-block',
  tag: TAG,
  collection: 'guardian-blocks',
  param: 'guardianBlockId',
  noun: 'GuardianBlock',
  read: { action: 'guardian-block.read', actors: STAFF },
  words: {
    list: 'Lista blockeringar av vårdnadshavare',
    one: 'Läs en blockering av vårdnadshavare',
    description:
      'För den som administrerar planer hos den egna vård- eller omsorgsgivaren; aldrig för vårdnadshavaren.',
  },
};

const DECISION: KindDoor<'unit-decision'> = {
  kind: 'unit-decision',
  tag: TAG,
  collection: 'unit-decisions',
  param: 'unitDecisionId',
  noun: 'UnitDecision',
  read: { action: 'unit-decision.read', actors: STAFF },
  words: {
    list: 'Lista enheters beslut om åtkomst för 13–15 år',
    one: 'Läs en enhets beslut om åtkomst för 13–15 år',
    description: 'Besluten gäller bara den egna enhetens uppgifter.',
  },
};

const SEALING: KindDoor<'sealing'> = {
  kind: 'sealing',
  tag: TAG,
  collection: 'sealings',
  param: 'sealingId',
  noun: 'Sealing',
  read: { action: 'sealing.read', actors: WITH_PATIENT },
  words: {
    list: 'Lista förseglingar',
    one: 'Läs en försegling',
    description: 'Vad som är stängt för varje invånarinloggning, patientens egen också.',
  },
};

const guardianId = publicThingId
  .transform(({ id }) => id)
  .optional()
  .meta({ description: 'En vårdnadshavare; alla om den utelämnas.' });

const guardianBlockBody = z
  .strictObject({
    guardianId,
    reason: text(1000).meta({ description: 'Skälet, till exempel menprövningen.' }),
    ...period,
    legalBasis,
  })
  .meta({ examples: [{ reason: 'Menprövning 2026-11-16: risk att barnet far illa.' }] });

const decisionBody = z
  .strictObject({
    opensFor: z.enum(['child', 'guardian']).meta({ description: 'För barnet självt eller för en vårdnadshavare.' }),
    guardianId,
    assessment: text(2000).meta({ description: 'Mognadsbedömning och menprövning som beslutet vilar på.' }),
    ...period,
    legalBasis,
  })
  .meta({ examples: [{ opensFor: 'child', assessment: 'Mogen för sin ålder, vill själv följa sin plan.' }] });

const sealingBody = z
  .strictObject({
    provider: hsaId.optional().meta({ description: 'En vård- eller omsorgsgivares uppgifter.' }),
    unit: hsaId.optional().meta({ description: 'En enhets uppgifter.' }),
    written,
    reason: text(1000).optional().meta({ description: 'Skälet, om det ska antecknas.' }),
    ...period,
    legalBasis,
  })
  .meta({ examples: [{ unit: 'SE0000000000-TST0103' }, {}] });

/** Who of the patient's side is kept out, and who is let in: blocked guardians, decisions of units, sealings. */
export function registerDirectAccessRoutes(door: Server, deps: SharingDeps): void {
  registerReads(door, deps, GUARDIAN_BLOCK);
  registerReads(door, deps, DECISION);
  registerReads(door, deps, SEALING);
  registerGuardianBlocks(door, deps);
  registerDecisions(door, deps);
  registerSealings(door, deps);
}

function registerGuardianBlocks(door: Server, deps: SharingDeps): void {
  registerNew(door, deps, GUARDIAN_BLOCK, {
    operationId: 'blockGuardian',
    summary: 'Blockera en vårdnadshavare',
    description: 'Vårdnadshavaren ser därefter inget om barnet, inte ens att det finns här. Gäller genast.',
    action: 'guardian-block.set',
    actors: STAFF,
    body: guardianBlockBody,
    refuses: [guardianUnknown, periodDates],
    act: (body) => ({
      legalBasis: body.legalBasis,
      rule: ({ act, patientId, record }) => [
        { kind: 'guardian-block', after: blockGuardian(act, patientId, body, record.related) },
      ],
    }),
  });
  registerAct(door, deps, GUARDIAN_BLOCK, 'lift', {
    operationId: 'liftGuardianBlock',
    summary: 'Häv en blockering av vårdnadshavare',
    description: 'Gäller genast.',
    action: 'guardian-block.lift',
    actors: STAFF,
    body: endBody,
    refuses: [alreadyEnded],
    act: (body) => ({
      rule: closing('guardian-block', body),
    }),
  });
}

function registerDecisions(door: Server, deps: SharingDeps): void {
  registerNew(door, deps, DECISION, {
    operationId: 'recordUnitDecision',
    summary: 'Besluta om åtkomst för 13–15 år',
    description:
      'Öppnar den egna enhetens uppgifter för ett barn på 13–15 år, eller för en vårdnadshavare. Upphör av sig självt när åldern passeras.',
    action: 'unit-decision.record',
    actors: STAFF,
    body: decisionBody,
    refuses: [notOfThatAge, guardianUnknown, periodDates],
    act: (body) => ({
      legalBasis: body.legalBasis,
      target: ({ facts }) => ({ unit: facts.actorUnit?.hsaId }),
      rule: ({ act, patientId, record }) => {
        const { guardianAccessUntilAge, ownAccessFromAge } = record.facts.settings ?? DEFAULT_LAW_SETTINGS;
        const after = decideForUnit(act, patientId, body, {
          birthDate: record.facts.patient?.birthDate,
          today: swedishDate(record.now),
          ages: { from: guardianAccessUntilAge, before: ownAccessFromAge },
          related: record.related,
        });
        return [{ kind: 'unit-decision', after }];
      },
    }),
  });
  registerAct(door, deps, DECISION, 'end', {
    operationId: 'endUnitDecision',
    summary: 'Avsluta ett beslut om åtkomst för 13–15 år',
    description: 'Gäller genast.',
    action: 'unit-decision.end',
    actors: STAFF,
    body: endBody,
    refuses: [alreadyEnded],
    act: (body) => ({
      target: (_record, thing) => ({ unit: thing?.unit }),
      rule: closing('unit-decision', body),
    }),
  });
}

function registerSealings(door: Server, deps: SharingDeps): void {
  registerNew(door, deps, SEALING, {
    operationId: 'seal',
    summary: 'Försegla uppgifter',
    description:
      'Stänger uppgifter för varje invånarinloggning, så att ingen kan tvingas att visa dem. Personen själv för en enhet, en vård- eller omsorgsgivare eller allt; personal för den egna.',
    action: 'sealing.set',
    actors: WITH_PATIENT,
    body: sealingBody,
    refuses: [blockUnitUnknown, periodDates],
    act: (body) => ({
      legalBasis: body.legalBasis,
      named: [body.provider, body.unit].filter((one) => one !== undefined),
      target: (record) => targetOrOwn(record, (own) => sealedParty(record, body, own)),
      party: (record) => sealedParty(record, body, undefined),
      rule: ({ act, patientId, record, unit }) => [
        { kind: 'sealing', after: seal(act, patientId, body, sealedParty(record, body, unit)) },
      ],
    }),
  });
  registerAct(door, deps, SEALING, 'lift', {
    operationId: 'liftSealing',
    summary: 'Bryt en försegling',
    description: 'Gäller genast.',
    action: 'sealing.lift',
    actors: WITH_PATIENT,
    body: endBody,
    refuses: [alreadyEnded],
    act: (body) => ({
      target: (_record, thing) => thing && { provider: thing.provider, ...(thing.unit ? { unit: thing.unit } : {}) },
      rule: closing('sealing', body),
    }),
  });
}

/** Staff who do not say seal their own unit's; the patient who does not say seals everything. */
function sealedParty(record: SharingRecord, body: NewSealing, own: UnitFacts | undefined): Partial<BlockedParty> {
  const { provider, unit } = body;
  if (provider === undefined && unit === undefined) {
    return own ? { provider: own.provider.hsaId, unit: own.hsaId } : {};
  }
  return blockedParty({ reach: 'outer', provider, unit }, own, record.units, new Set(record.providers.keys()));
}
