import { z } from 'zod';
import { hsaId } from '../../http/fields.ts';
import { paging } from '../../http/paging.ts';
import { because } from '../../http/reasons.ts';
import { UNIT_AREAS } from '../../shared/unit-facts.ts';
import { PRINCIPAL_KINDS, PROVIDER_KINDS } from '../domain/model.ts';
import { searchWords } from '../domain/search-words.ts';

const MOST_WORDS = 8;

const name = z
  .string()
  .max(100)
  .refine(
    (text) => searchWords(text).length > 0,
    because('Ska innehålla minst en bokstav eller siffra.', 'Must hold at least one letter or digit.'),
  )
  .refine(
    (text) => searchWords(text).length <= MOST_WORDS,
    because(`Får ha högst ${MOST_WORDS} ord.`, `May have at most ${MOST_WORDS} words.`),
  )
  .optional()
  .meta({
    description: 'Början av ett eller flera ord i namnet, i vilken ordning som helst; stora och små bokstäver är lika.',
    examples: ['vårdc test'],
  });

/** One entry, by its HSA-id in any case. */
const own = hsaId.optional().meta({ description: 'Posten med just detta HSA-id.', examples: ['SE0000000000-TST0201'] });

const belongsTo = (what: string, example: string) =>
  hsaId
    .optional()
    .meta({ description: `Bara de som hör till ${what}, dess HSA-id.`, examples: [`SE0000000000-TST${example}`] });

const active = z
  .enum(['true', 'false', 'all'])
  .default('true')
  .meta({ description: '`true` verksamma, `false` de som har upphört, `all` båda.', examples: ['true'] });

const shared = { name, hsaId: own, active, ...paging };

export const principalsQuery = z.strictObject({
  ...shared,
  kind: z
    .enum(PRINCIPAL_KINDS)
    .optional()
    .meta({ description: 'Region eller kommun.', examples: ['region'] }),
});

export const providersQuery = z.strictObject({
  ...shared,
  kind: z
    .enum(PROVIDER_KINDS)
    .optional()
    .meta({ description: 'Vårdgivare eller omsorgsgivare.', examples: ['care'] }),
  principal: belongsTo('huvudmannen', 'H01'),
});

export const unitsQuery = z.strictObject({
  ...shared,
  area: z
    .enum(UNIT_AREAS)
    .optional()
    .meta({ description: 'Verksamhetsområde.', examples: ['health'] }),
  provider: belongsTo('vård- eller omsorgsgivaren', 'R01'),
  principal: belongsTo('huvudmannen', 'H01'),
});

export const staffQuery = z.strictObject({
  ...shared,
  unit: belongsTo('enheten', '0201'),
  provider: belongsTo('vård- eller omsorgsgivaren', 'R01'),
});

export const unitPath = z.strictObject({ hsaId });
