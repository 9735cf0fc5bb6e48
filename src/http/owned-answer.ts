import { z } from 'zod';
import { publicId } from '../shared/ids.ts';
import { LEGAL_BASES, type Owned } from '../shared/owned.ts';
import { instantText, revision, thingIdText } from './fields.ts';

/** What every answer shows of ownership; plain, since answers are written and never read back. */

const words = z.string();
const kind = z.enum(['staff', 'patient', 'relative', 'system']);

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
  .meta({ id: 'RecordedBy', description: 'Vems ord det är, och vilken enhet, vårdgivare och huvudman som äger dem.' });

export const changedBy = z
  .object({
    kind,
    staff: hsaIdText.optional(),
    name: words.optional(),
    unit: hsaIdText.optional(),
    why: words.optional(),
  })
  .meta({ id: 'ChangedBy', description: 'Vem som gjorde den senaste ändringen, och varför.' });

export const ownedShape = {
  id: thingIdText,
  revision,
  recordedBy,
  legalBasis: z.enum(LEGAL_BASES),
  approvedForPatient: z.boolean(),
  signedBy: hsaIdText.optional(),
  signedAt: instantText.optional(),
  enteredInError: z.boolean().optional(),
  externalId: z.object({ source: words, id: words }).optional(),
  createdAt: instantText,
  changedAt: instantText,
  changedBy,
};

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
