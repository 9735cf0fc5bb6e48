import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/** *reference*: a region or a kommun. */
export const principals = pgTable('principals', {
  hsa_id: text().primaryKey(),
  id: uuid().notNull().unique(),
  name: text().notNull(),
  kind: text().notNull(),
  /** Län (2 digits) or kommun (4 digits), a string with its leading zeros. */
  area_code: text(),
  active: boolean().notNull().default(true),
});

/** *reference*: vårdgivare or omsorgsgivare, the legal owner of what its staff writes. */
export const careProviders = pgTable('care_providers', {
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
  joined_shared_documentation_to: moment('joined_shared_documentation_to'),
  active: boolean().notNull().default(true),
});

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
  },
  (t) => [index('units_provider').on(t.provider_hsa_id)],
);

/** *reference*: a member of staff. */
export const staff = pgTable('staff', {
  hsa_id: text().primaryKey(),
  id: uuid().notNull().unique(),
  given_name: text().notNull(),
  family_name: text().notNull(),
  title: text(),
  /** Units where the person works. */
  unit_hsa_ids: text().array().notNull(),
  protected_identity: boolean().notNull().default(false),
  active: boolean().notNull().default(true),
});

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
  (t) => [index('contact_channels_owner').on(t.owner_hsa_id)],
);
