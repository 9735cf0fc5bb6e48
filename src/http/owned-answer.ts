import { z } from 'zod';
import { publicId } from '../shared/ids.ts';
import { LEGAL_BASES, OWNERSHIP, type Owned } from '../shared/owned.ts';
import { instantText, revision, thingIdText } from './fields.ts';

/** What every answer shows of ownership; plain, since answers are written and never read back. */

const words = z.string();
const kind = z.enum(['staff', 'patient', 'relative', 'system']);

const CHANGER_EXAMPLE = {
  kind: 'staff' as const,
  staff: 'SE0000000000-TSTP003',
  name: 'Maj Modell',
  unit: 'SE0000000000-TST0201',
};
const OWNER_EXAMPLE = { ...CHANGER_EXAMPLE, provider: 'SE0000000000-TSTR01', principal: 'SE0000000000-TSTH01' };

/** What an answer's example shows of ownership, but the id. */
export const OWNED_EXAMPLE = {
  revision: 1,
  recordedBy: OWNER_EXAMPLE,
  legalBasis: 'HSL' as const,
  approvedForPatient: true,
  createdAt: '2026-11-16T10:00:00.000Z',
  changedAt: '2026-11-16T10:00:00.000Z',
  changedBy: CHANGER_EXAMPLE,
};

export const hsaIdText = z.string().meta({ description: 'HSA-id.', examples: ['SE0000000000-TST0302'] });

export const recordedBy = z
  .object({
    kind,
    staff: hsaIdText.optional(),
    name: words.optional(),
    unit: hsaIdText,
    provider: hsaIdText,
    principal: hsaIdText,
  })
  .meta({
    id: 'RecordedBy',
    description: 'Vems ord det är, och vilken enhet, vårdgivare och huvudman som äger dem.',
    examples: [OWNER_EXAMPLE],
  });

export const changedBy = z
  .object({
    kind,
    staff: hsaIdText.optional(),
    name: words.optional(),
    unit: hsaIdText.optional(),
    why: words.optional(),
  })
  .meta({
    id: 'ChangedBy',
    description: 'Vem som gjorde den senaste ändringen, och varför.',
    examples: [CHANGER_EXAMPLE],
  });

export const ownedShape = {
  id: thingIdText,
  revision,
  recordedBy,
  legalBasis: z.enum(LEGAL_BASES),
  approvedForPatient: z.boolean(),
  signedBy: hsaIdText.optional(),
  signedAt: instantText.optional(),
  unsigned: z
    .boolean()
    .optional()
    .meta({ description: 'Skriven enligt hälso- och sjukvårdslagen och inte signerad än (PDL 3 kap. 10 §).' }),
  enteredInError: z.boolean().optional(),
  externalId: z.object({ source: words, id: words }).optional(),
  createdAt: instantText,
  changedAt: instantText,
  changedBy,
};

/** What a thing says beside whose it is: the kind's own fields, for answers that show ownership alike for all kinds. */
export function besideOwnership(thing: Owned): Record<string, unknown> {
  return Object.fromEntries(Object.entries(thing).filter(([name]) => !OWNERSHIP.has(name)));
}

/** Everything that answers show of ownership, alike for all kinds. */
export function presentOwned(thing: Owned) {
  return {
    id: publicId(thing.patientId, thing.id),
    revision: thing.revision,
    recordedBy: thing.recordedBy,
    legalBasis: thing.legalBasis,
    approvedForPatient: thing.approvedForPatient,
    signedBy: thing.signedBy,
    signedAt: thing.signedAt,
    enteredInError: thing.enteredInError || undefined,
    externalId: thing.externalId,
    createdAt: thing.createdAt,
    changedAt: thing.changedAt,
    changedBy: thing.changedBy,
  };
}
