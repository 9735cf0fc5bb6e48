import { isEmail, isHttpsUrl, isPhone } from './contact-values.ts';
import type {
  CareProvider,
  ChannelKind,
  ContactChannel,
  DirectoryEntities,
  EntityType,
  Principal,
  Staff,
} from './model.ts';
import type { FieldFault } from './read-entity.ts';

/** What an entity names by HSA-id, and where such things are kept. */
export interface Reference {
  readonly field: string;
  readonly hsaId: string;
  readonly among: readonly EntityType[];
}

interface Rules<E> {
  /** What makes it one and the same from one import to the next. */
  readonly key: (entity: Pick<E, Extract<keyof E, 'hsaId' | 'ownerHsaId' | 'key'>>) => string;
  readonly references: (entity: E) => readonly Reference[];
  /** What no single field can tell. */
  readonly faults: (entity: E) => readonly FieldFault[];
}

const none = (): readonly never[] => [];

/** What each kind of entity must hold besides well-formed fields, and what it refers to. */
export const RULES: { readonly [T in EntityType]: Rules<DirectoryEntities[T]> } = {
  principals: { key: (p) => p.hsaId, references: none, faults: areaCodeFaults },
  providers: {
    key: (p) => p.hsaId,
    references: (p) => [{ field: 'principalHsaId', hsaId: p.principalHsaId, among: ['principals'] }],
    faults: periodFaults,
  },
  units: {
    key: (u) => u.hsaId,
    references: (u) => [{ field: 'providerHsaId', hsaId: u.providerHsaId, among: ['providers'] }],
    faults: none,
  },
  staff: {
    key: (s) => s.hsaId,
    references: (s) => s.unitHsaIds.map((hsaId) => ({ field: 'unitHsaIds', hsaId, among: ['units'] })),
    faults: workplaceFaults,
  },
  channels: {
    key: (c) => `${c.ownerHsaId} ${c.key}`,
    references: (c) => [{ field: 'ownerHsaId', hsaId: c.ownerHsaId, among: ['units', 'staff'] }],
    faults: channelFaults,
  },
};

function areaCodeFaults({ kind, areaCode }: Principal): readonly FieldFault[] {
  if (areaCode === null || areaCode.length === (kind === 'region' ? 2 : 4)) return [];
  return [{ field: 'areaCode', text: 'ska vara två siffror för en region och fyra för en kommun' }];
}

function periodFaults(provider: CareProvider): readonly FieldFault[] {
  const { joinedSharedDocumentationFrom: from, joinedSharedDocumentationTo: to } = provider;
  if (to === null) return [];
  const field = 'joinedSharedDocumentationTo';
  if (from === null) return [{ field, text: 'finns utan att första dag är angiven' }];
  return to < from ? [{ field, text: 'ligger före första dag' }] : [];
}

function workplaceFaults({ active, unitHsaIds }: Staff): readonly FieldFault[] {
  return active && unitHsaIds.length === 0 ? [{ field: 'unitHsaIds', text: 'saknas' }] : [];
}

const PHONE = { holds: isPhone, text: 'är inte ett telefonnummer (t.ex. 040-6280411)' };
const WEB = { holds: isHttpsUrl, text: 'är inte en adress som börjar med https://' };

const VALUE_RULES: { readonly [K in ChannelKind]?: { holds(value: string): boolean; text: string } } = {
  phone: PHONE,
  switchboard: PHONE,
  '1177-message': WEB,
  'web-booking': WEB,
  video: WEB,
  'e-mail': { holds: isEmail, text: 'är inte en e-postadress' },
};

function channelFaults({ kind, value }: ContactChannel): readonly FieldFault[] {
  const rule = VALUE_RULES[kind];
  return rule && !rule.holds(value) ? [{ field: 'value', text: rule.text }] : [];
}
