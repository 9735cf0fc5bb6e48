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

/** An entity of which some fields may have been unreadable: what is there is judged all the same. */
type Known<E> = { readonly [K in keyof E]?: E[K] };

interface Rules<E> {
  readonly references: (entity: Known<E>) => readonly Reference[];
  /** What no single field can tell. */
  readonly faults: (entity: Known<E>) => readonly FieldFault[];
}

const none = (): readonly never[] => [];

function referring(field: string, hsaId: string | undefined, ...among: readonly EntityType[]): readonly Reference[] {
  return hsaId === undefined ? [] : [{ field, hsaId, among }];
}

/** What each kind of entity must hold besides well-formed fields, and what it refers to. */
export const RULES: { readonly [T in EntityType]: Rules<DirectoryEntities[T]> } = {
  principals: { references: none, faults: areaCodeFaults },
  providers: {
    references: (provider) => referring('principalHsaId', provider.principalHsaId, 'principals'),
    faults: periodFaults,
  },
  units: { references: (unit) => referring('providerHsaId', unit.providerHsaId, 'providers'), faults: none },
  staff: {
    references: ({ unitHsaIds = [] }) => unitHsaIds.flatMap((hsaId) => referring('unitHsaIds', hsaId, 'units')),
    faults: workplaceFaults,
  },
  channels: {
    references: (channel) => referring('ownerHsaId', channel.ownerHsaId, 'units', 'staff'),
    faults: channelFaults,
  },
};

/** What makes an entity one and the same from one import to the next; undefined while that is not known. */
export function keyOf(type: EntityType, entity: Readonly<Record<string, unknown>>): string | undefined {
  const { hsaId, ownerHsaId, key } = entity;
  if (type !== 'channels') return hsaId as string | undefined;
  return ownerHsaId === undefined || key === undefined ? undefined : `${ownerHsaId} ${key}`;
}

function areaCodeFaults({ kind, areaCode }: Known<Principal>): readonly FieldFault[] {
  if (!kind || !areaCode || areaCode.length === (kind === 'region' ? 2 : 4)) return [];
  return [{ field: 'areaCode', text: 'ska vara två siffror för en region och fyra för en kommun' }];
}

function periodFaults(provider: Known<CareProvider>): readonly FieldFault[] {
  const { joinedSharedDocumentationFrom: from, joinedSharedDocumentationTo: to } = provider;
  if (!to || from === undefined) return [];
  const field = 'joinedSharedDocumentationTo';
  if (from === null) return [{ field, text: 'finns utan att första dag är angiven' }];
  return to < from ? [{ field, text: 'ligger före första dag' }] : [];
}

function workplaceFaults({ active, unitHsaIds }: Known<Staff>): readonly FieldFault[] {
  return active && unitHsaIds?.length === 0 ? [{ field: 'unitHsaIds', text: 'saknas' }] : [];
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

function channelFaults({ kind, value }: Known<ContactChannel>): readonly FieldFault[] {
  const rule = kind && VALUE_RULES[kind];
  return rule && value !== undefined && !rule.holds(value) ? [{ field: 'value', text: rule.text }] : [];
}
