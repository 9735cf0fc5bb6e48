import { sql } from 'drizzle-orm';
import { boolean, customType, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/** Compared byte by byte, whatever language the server sorts in: an index on it must mean the same everywhere. */
const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/** An index that gathers new words aside is not used until somebody tidies it: an import of 100,000 would leave it so. */
const PROMPT = { fastupdate: false } as const;

/**
 * What a name is found and put in order by, made by the directory from the name as it is written. A word index that
 * answers to the beginning of any word, without extensions that a server may lack.
 */
const named = {
  search_words: text().array().notNull().default([]),
  sort_key: plainText().notNull().default(''),
} as const;

/** *reference*: a region or a kommun. */
export const principals = pgTable('principals', {
  hsa_id: text().primaryKey(),
  id: uuid().notNull().unique(),
  name: text().notNull(),
  kind: text().notNull(),
  /** Län (2 digits) or kommun (4 digits), a string with its leading zeros. */
  area_code: text(),
  active: boolean().notNull().default(true),
  ...named,
});

/** *reference*: vårdgivare or omsorgsgivare, the legal owner of what its staff writes. */
export const careProviders = pgTable(
  'care_providers',
  {
    hsa_id: text().primaryKey(),
    id: uuid().notNull().unique(),
    name: text().notNull(),
    /** `care` (vårdgivare, HSL) or `social-care` (omsorgsgivare, SoL/LSS). */
    kind: text().notNull(),
    principal_hsa_id: text()
      .notNull()
      .references(() => principals.hsa_id),
    organization_number: text(),
    joined_shared_documentation_from: moment('joined_shared_documentation_from'),
    /** The first moment when it is no longer joined. */
    joined_shared_documentation_to: moment('joined_shared_documentation_to'),
    active: boolean().notNull().default(true),
    ...named,
  },
  (t) => [
    index('care_providers_principal').on(t.principal_hsa_id),
    index('care_providers_order').on(t.sort_key, t.hsa_id),
    index('care_providers_words').using('gin', sql`array_to_tsvector(${t.search_words})`).with(PROMPT),
  ],
);

/** *reference*: where staff work. Only the areas health, older and disability are inside lag 2022:913. */
export const units = pgTable(
  'units',
  {
    hsa_id: text().primaryKey(),
    id: uuid().notNull().unique(),
    name: text().notNull(),
    area: text().notNull(),
    provider_hsa_id: text()
      .notNull()
      .references(() => careProviders.hsa_id),
    active: boolean().notNull().default(true),
    ...named,
  },
  (t) => [
    index('units_provider').on(t.provider_hsa_id),
    index('units_order').on(t.sort_key, t.hsa_id),
    index('units_words').using('gin', sql`array_to_tsvector(${t.search_words})`).with(PROMPT),
  ],
);

/**
 * *reference*: a member of staff. One with protected identity has no search words and is not put in order by name, so
 * that neither a search nor a position in a list can tell the name.
 */
export const staff = pgTable(
  'staff',
  {
    hsa_id: text().primaryKey(),
    id: uuid().notNull().unique(),
    given_name: text().notNull(),
    family_name: text().notNull(),
    title: text(),
    /** Units where the person works. */
    unit_hsa_ids: text().array().notNull(),
    protected_identity: boolean().notNull().default(false),
    active: boolean().notNull().default(true),
    ...named,
  },
  (t) => [
    index('staff_units').using('gin', t.unit_hsa_ids).with(PROMPT),
    index('staff_order').on(t.sort_key, t.hsa_id),
    index('staff_words').using('gin', sql`array_to_tsvector(${t.search_words})`).with(PROMPT),
  ],
);

/** *reference*: how a unit or a member of staff is reached, by whom, and when. */
export const contactChannels = pgTable(
  'contact_channels',
  {
    id: uuid().primaryKey(),
    /** Unit or staff. */
    owner_hsa_id: text().notNull(),
    /** The source's own name for the channel, unique per owner: sending it again updates. */
    key: text().notNull(),
    kind: text().notNull(),
    value: text().notNull(),
    purpose: text().notNull(),
    audience: text().notNull(),
    opening_hours: jsonb().notNull(),
    when_closed: text(),
    in_emergency: text(),
    ord: integer().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [uniqueIndex('contact_channels_owner_key').on(t.owner_hsa_id, t.key)],
);

/**
 * *reference*: one row, whose version is new after every change of the tables above, in the change's own transaction (a
 * trigger of theirs). Two reads that see the same version see the same directory.
 */
export const directoryVersion = pgTable('directory_version', {
  id: integer().primaryKey().default(1),
  version: uuid().notNull().defaultRandom(),
});
