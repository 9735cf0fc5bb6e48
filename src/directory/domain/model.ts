import type { LocalDate } from '../../shared/calendar.ts';
import type { OpeningHours } from '../../shared/opening-hours.ts';
import type { UnitArea } from '../../shared/unit-facts.ts';

export const PRINCIPAL_KINDS = ['region', 'municipality'] as const;
export const PROVIDER_KINDS = ['care', 'social-care'] as const;
export const CHANNEL_KINDS = [
  'phone',
  '1177-message',
  'web-booking',
  'video',
  'visit',
  'switchboard',
  'e-mail',
  'letter',
] as const;
export const AUDIENCES = ['patient', 'professional'] as const;

export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];
export type ProviderKind = (typeof PROVIDER_KINDS)[number];
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
export type Audience = (typeof AUDIENCES)[number];

/** Huvudman: a region or a kommun. Self-governing: neither owns or speaks for the other. */
export interface Principal {
  readonly hsaId: string;
  readonly name: string;
  readonly kind: PrincipalKind;
  /** Län (two digits) or kommun (four). */
  readonly areaCode: string | null;
  readonly active: boolean;
}

/** Vårdgivare (HSL) or omsorgsgivare (SoL, LSS): the legal owner of what its staff writes. */
export interface CareProvider {
  readonly hsaId: string;
  readonly name: string;
  readonly kind: ProviderKind;
  readonly principalHsaId: string;
  readonly organizationNumber: string | null;
  /** First and last day inside sammanhållen vård- och omsorgsdokumentation, which is voluntary [2022:913]. */
  readonly joinedSharedDocumentationFrom: LocalDate | null;
  readonly joinedSharedDocumentationTo: LocalDate | null;
  readonly active: boolean;
}

/** Vårdenhet or omsorgsenhet: where staff work. */
export interface Unit {
  readonly hsaId: string;
  readonly name: string;
  readonly area: UnitArea;
  readonly providerHsaId: string;
  readonly active: boolean;
}

/** A member of staff. One with protected identity is shown as role and unit, and never found by name. */
export interface Staff {
  readonly hsaId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly title: string | null;
  readonly unitHsaIds: readonly string[];
  readonly protectedIdentity: boolean;
  readonly active: boolean;
}

/** How a unit or a member of staff is reached, by whom and when, and what applies when it is closed. */
export interface ContactChannel {
  readonly ownerHsaId: string;
  /** The source's own name for the channel, unique per owner. */
  readonly key: string;
  readonly kind: ChannelKind;
  /** Telephone number, address on the web, e-mail or street address, as `kind` says. */
  readonly value: string;
  readonly purpose: string;
  readonly audience: Audience;
  readonly openingHours: OpeningHours;
  readonly whenClosed: string | null;
  readonly inEmergency: string | null;
  /** The owner's own order, lowest first. */
  readonly order: number;
  readonly active: boolean;
}

/** What the directory holds, by the names that files and answers use. */
export interface DirectoryEntities {
  principals: Principal;
  providers: CareProvider;
  units: Unit;
  staff: Staff;
  channels: ContactChannel;
}
/** In the order in which they refer to one another: whatever a row names comes before it. */
export const ENTITY_TYPES = ['principals', 'providers', 'units', 'staff', 'channels'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];
export type Entity = DirectoryEntities[EntityType];
