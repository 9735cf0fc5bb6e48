import { UNIT_AREAS } from '../../shared/unit-facts.ts';
import {
  date,
  digits,
  hsaId,
  hsaIds,
  longText,
  oneOf,
  ordinal,
  organizationNumber,
  type Reader,
  text,
  yesNo,
} from './fields.ts';
import {
  AUDIENCES,
  CHANNEL_KINDS,
  type DirectoryEntities,
  type EntityType,
  PRINCIPAL_KINDS,
  PROVIDER_KINDS,
} from './model.ts';
import { openingHours } from './opening-hours-text.ts';

/** One column of a file and one field of an entity. */
export interface Column {
  /** The name in English: the field's own. */
  readonly field: string;
  /** Swedish headings that mean the same. */
  readonly swedish: readonly string[];
  /** What a person preparing a file needs to know, in Swedish. */
  readonly explain: string;
  readonly read: Reader<unknown>;
  /**
   * What a new row has when the file says nothing; absent: the file must say. An existing row keeps what it has when
   * the column is missing altogether, except where `always` is set.
   */
  readonly otherwise?: unknown;
  readonly always?: true;
  /** An empty cell leaves what is there too: for what must never be lost by an omission. */
  readonly keptWhenEmpty?: true;
}

type ColumnsOf<E> = {
  readonly [K in keyof E]-?: Omit<Column, 'field' | 'read'> & { readonly read: Reader<NonNullable<E[K]>> };
};

const NAME = 200;
const TEXT = 1000;

const own = { swedish: ['HSA-id'], explain: 'HSA-id, nyckeln', read: hsaId };
/** A row that a file holds is in use again unless it says otherwise. */
const active = {
  swedish: ['aktiv'],
  explain: 'ja eller nej; ja om inget sägs',
  read: yesNo,
  otherwise: true,
  always: true,
} as const;
const name = { swedish: ['namn'], explain: 'namnet', read: text(NAME) };

const principals: ColumnsOf<DirectoryEntities['principals']> = {
  hsaId: own,
  name,
  kind: {
    swedish: ['typ', 'slag'],
    explain: 'region eller kommun',
    read: oneOf(PRINCIPAL_KINDS, { kommun: 'municipality' }),
  },
  areaCode: {
    swedish: ['länskod', 'kommunkod', 'områdeskod'],
    explain: 'länskod (2 siffror) eller kommunkod (4)',
    read: digits(2, 4),
    otherwise: null,
  },
  active,
};

const providers: ColumnsOf<DirectoryEntities['providers']> = {
  hsaId: own,
  name,
  kind: {
    swedish: ['typ', 'slag'],
    explain: 'vårdgivare (care) eller omsorgsgivare (social-care)',
    read: oneOf(PROVIDER_KINDS, { vårdgivare: 'care', omsorgsgivare: 'social-care' }),
  },
  principalHsaId: { swedish: ['huvudman'], explain: 'huvudmannens HSA-id', read: hsaId },
  organizationNumber: {
    swedish: ['organisationsnummer'],
    explain: 'tio siffror; aldrig ett personnummer',
    read: organizationNumber,
    otherwise: null,
  },
  joinedSharedDocumentationFrom: {
    swedish: ['ansluten från'],
    explain: 'första dag ansluten till sammanhållen vård- och omsorgsdokumentation (lag 2022:913)',
    read: date,
    otherwise: null,
  },
  joinedSharedDocumentationTo: {
    swedish: ['ansluten till', 'ansluten till och med'],
    explain: 'sista dag ansluten',
    read: date,
    otherwise: null,
  },
  active,
};

const units: ColumnsOf<DirectoryEntities['units']> = {
  hsaId: own,
  name,
  area: {
    swedish: ['område', 'verksamhetsområde'],
    explain:
      'hälso- och sjukvård (health), äldreomsorg (older), funktionshinder (disability), individ- och familjeomsorg (individual-and-family), skola (school), annat (other)',
    read: oneOf(UNIT_AREAS, {
      'hälso- och sjukvård': 'health',
      äldreomsorg: 'older',
      funktionshinder: 'disability',
      funktionsnedsättning: 'disability',
      'individ- och familjeomsorg': 'individual-and-family',
      skola: 'school',
      annat: 'other',
    }),
  },
  providerHsaId: {
    swedish: ['vårdgivare', 'omsorgsgivare'],
    explain: 'vård- eller omsorgsgivarens HSA-id',
    read: hsaId,
  },
  active,
};

const staff: ColumnsOf<DirectoryEntities['staff']> = {
  hsaId: own,
  givenName: { swedish: ['förnamn', 'tilltalsnamn'], explain: 'förnamn', read: text(NAME) },
  familyName: { swedish: ['efternamn'], explain: 'efternamn', read: text(NAME) },
  title: { swedish: ['titel', 'yrke', 'befattning'], explain: 'yrkestitel', read: text(NAME), otherwise: null },
  unitHsaIds: {
    swedish: ['enheter', 'enhet'],
    explain: 'enheternas HSA-id; i CSV åtskilda av mellanslag',
    read: hsaIds,
  },
  protectedIdentity: {
    swedish: ['skyddad identitet', 'skyddade personuppgifter'],
    explain: 'ja: visas som roll och enhet och hittas aldrig på namn; tas bort bara med nej',
    read: yesNo,
    otherwise: false,
    keptWhenEmpty: true,
  },
  active,
};

const channels: ColumnsOf<DirectoryEntities['channels']> = {
  ownerHsaId: { swedish: ['ägare', 'enhet'], explain: 'HSA-id för den enhet eller medarbetare som nås', read: hsaId },
  key: { swedish: ['nyckel'], explain: 'källans eget namn på kontaktvägen, ett per ägare', read: text(100) },
  kind: {
    swedish: ['typ', 'slag'],
    explain:
      'telefon (phone), 1177 (1177-message), webbokning (web-booking), video, besök (visit), växel (switchboard), e-post (e-mail), brev (letter)',
    read: oneOf(CHANNEL_KINDS, {
      telefon: 'phone',
      1177: '1177-message',
      webbokning: 'web-booking',
      besök: 'visit',
      växel: 'switchboard',
      'e-post': 'e-mail',
      brev: 'letter',
    }),
  },
  value: {
    swedish: ['värde', 'adress', 'nummer'],
    explain: 'telefonnummer, https-adress, e-postadress eller postadress',
    read: text(500),
  },
  purpose: { swedish: ['syfte', 'ändamål'], explain: 'vad den är till för, i klartext', read: text(NAME) },
  audience: {
    swedish: ['målgrupp'],
    explain: 'patient eller personal (professional); personalens vägar visas aldrig för patienten',
    read: oneOf(AUDIENCES, { personal: 'professional', profession: 'professional' }),
  },
  openingHours: {
    swedish: ['öppettider'],
    explain: 't.ex. mån-fre 08:00-17:00; lör 09:00-12:00; helgdag stängt, eller: dygnet runt',
    read: openingHours,
  },
  whenClosed: {
    swedish: ['när stängt', 'vid stängt'],
    explain: 'vad man gör när det är stängt',
    read: longText(TEXT),
    otherwise: null,
  },
  inEmergency: {
    swedish: ['vid akut', 'i nödfall'],
    explain: 'vad man gör om det är akut',
    read: longText(TEXT),
    otherwise: null,
  },
  order: { swedish: ['ordning'], explain: 'ägarens egen ordning, lägst först', read: ordinal, otherwise: 0 },
  active,
};

function listed(columns: Readonly<Record<string, Omit<Column, 'field'>>>): readonly Column[] {
  return Object.entries(columns).map(([field, column]) => ({ field, ...column }));
}

/** The columns of every kind of file: what the import reads by, and what its help text is made from. */
export const COLUMNS: Readonly<Record<EntityType, readonly Column[]>> = {
  principals: listed(principals),
  providers: listed(providers),
  units: listed(units),
  staff: listed(staff),
  channels: listed(channels),
};

/** A heading without regard to case, spaces, hyphens and underscores. */
function plainHeading(heading: string): string {
  return heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

const byHeading = new Map<EntityType, ReadonlyMap<string, Column>>();

/** The column that a heading names, in English or Swedish; undefined when it names none. */
export function columnNamed(type: EntityType, heading: string): Column | undefined {
  let names = byHeading.get(type);
  if (!names) {
    names = new Map(COLUMNS[type].flatMap((c) => [c.field, ...c.swedish].map((h) => [plainHeading(h), c] as const)));
    byHeading.set(type, names);
  }
  return names.get(plainHeading(heading));
}
