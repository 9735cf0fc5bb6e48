import type { JWTPayload } from 'jose';
import type { Actor, CitizenActor, Commission, StaffActor, SystemActor } from '../shared/actor.ts';
import { type ClaimReader, claimReader, claimRefused } from './claim-reader.ts';
import type { IssuerConfig } from './issuer-config.ts';
import { assuranceTooLow, purposeNotAllowed } from './problems.ts';

/** Care services accept no other purpose of a medarbetaruppdrag (Inera; PDL 4:1). */
export const CARE_PURPOSE = 'Vård och behandling';

/** Level 3 as Inera's identity provider writes it; the floor for staff unless the issuer is configured otherwise. */
export const STAFF_ASSURANCE = ['http://id.sambi.se/loa/loa3'] as const;

/** Level 3 and 4 as Sambi and DIGG write them. */
const CITIZEN_ASSURANCE = [
  'http://id.sambi.se/loa/loa3',
  'http://id.elegnamnden.se/loa/1.0/loa3',
  'http://id.elegnamnden.se/loa/1.0/loa4',
] as const;

/** `Åtgärd;informationstyp;omfång`, as in `Läsa;alla;SJF`. */
const RIGHT_FORM = /^[^;]+;[^;]+;[^;]+$/;
const PERSON_NUMBER = /^\d{12}$/;
const MAX_CLIENT_ID = 200;

/**
 * Staff must state a level. A citizen's issuer may leave it to its agreement (no claim list is published for 1177),
 * but a level that is stated, or one that the configuration asks for, must hold. A machine has none.
 */
function checkAssurance(claims: ClaimReader, issuer: IssuerConfig): void {
  if (issuer.kind === 'system' && issuer.acrValues === undefined) return;
  const accepted: readonly string[] =
    issuer.acrValues ?? (issuer.kind === 'staff' ? STAFF_ASSURANCE : CITIZEN_ASSURANCE);
  const stated = claims.text('acr');
  if (stated === undefined && issuer.kind === 'citizen' && issuer.acrValues === undefined) return;
  if (stated === undefined || !accepted.includes(stated)) throw assuranceTooLow({ extra: { acrValues: accepted } });
}

/** Undefined when the token states no assignment at all; a half-stated one is refused, not taken as none. */
function commissionOf(claims: ClaimReader): Commission | undefined {
  const purpose = claims.text('commissionPurpose');
  const rights = claims.list('commissionRight');
  const hsaId = claims.hsaId('commissionHsaId');
  const name = claims.text('commissionName');
  if (purpose === undefined && hsaId === undefined && name === undefined && rights.length === 0) return undefined;
  if (purpose === undefined) throw claims.refuse('commissionPurpose');
  if (purpose.normalize('NFC') !== CARE_PURPOSE) throw purposeNotAllowed();
  if (hsaId === undefined) throw claims.refuse('commissionHsaId');
  if (!rights.every((right) => RIGHT_FORM.test(right))) throw claims.refuse('commissionRight');
  return { hsaId, name, purpose: CARE_PURPOSE, rights };
}

function personName(claims: ClaimReader): string | undefined {
  const parts = [claims.text('givenName'), claims.text('familyName')].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : claims.text('name');
}

function staffActor(claims: ClaimReader, issuer: string, scopes: Narrowing): StaffActor {
  const commission = commissionOf(claims);
  const employeeHsaId = claims.requiredHsaId('employeeHsaId');
  // Social-care staff without an assignment are placed by their organisation; with one, the assignment's unit rules.
  const organization = commission ? undefined : claims.hsaId('organizationHsaId');
  const unitHsaId = claims.hsaId('healthCareUnitHsaId') ?? organization;
  const providerHsaId = claims.hsaId('healthCareProviderHsaId') ?? organization;
  if (unitHsaId === undefined) throw claims.refuse('healthCareUnitHsaId');
  if (providerHsaId === undefined) throw claims.refuse('healthCareProviderHsaId');
  // The log must name the user even where the issuer gives no name (protected staff).
  const name = personName(claims) ?? employeeHsaId;
  const actor: StaffActor = { kind: 'staff', issuer, employeeHsaId, name, unitHsaId, providerHsaId, ...scopes };
  return commission ? { ...actor, commission } : actor;
}

function citizenActor(
  claims: ClaimReader,
  issuer: string,
  scopes: Narrowing,
  personNumberHash: (digits: string) => string,
): CitizenActor {
  const digits = claims.requiredText('personalIdentityNumber');
  if (!PERSON_NUMBER.test(digits)) throw claims.refuse('personalIdentityNumber');
  return { kind: 'citizen', issuer, personNumberHash: personNumberHash(digits), name: personName(claims), ...scopes };
}

function clientIdOf(payload: JWTPayload): string {
  const id = payload.client_id ?? payload.azp ?? payload.sub;
  if (typeof id === 'string' && id !== '' && id.length <= MAX_CLIENT_ID) return id;
  throw claimRefused('client_id');
}

function systemActor(claims: ClaimReader, payload: JWTPayload, issuer: IssuerConfig, scopes: Scopes): SystemActor {
  const clientId = clientIdOf(payload);
  const stated = claims.hsaId('providerHsaId') ?? claims.hsaId('healthCareProviderHsaId');
  const registered = issuer.clients;
  const providerHsaId =
    registered === undefined ? stated : Object.hasOwn(registered, clientId) ? registered[clientId] : undefined;
  // Registered clients only, once any are; and a token that claims another provider than the registered is not obeyed.
  if (providerHsaId === undefined) throw registered ? claimRefused('client_id') : claims.refuse('providerHsaId');
  if (stated !== undefined && stated !== providerHsaId) throw claims.refuse('providerHsaId');
  return { kind: 'system', issuer: issuer.issuer, clientId, providerHsaId, name: claims.text('name'), ...scopes };
}

interface Scopes {
  readonly scopes?: readonly string[];
}

/** Scopes that shape an OpenID sign-in and say nothing of what may be done here. */
const SIGN_IN_SCOPES = new Set(['', 'openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

interface Narrowing extends Scopes {
  readonly launchPatient?: string;
}

/** SMART App Launch's claim of the patient in context; one of another form is as none, which narrows most. */
const LAUNCH_PATIENT = /^[A-Za-z0-9\-.]{1,64}$/;

function narrowingOf(claims: ClaimReader, { patient }: JWTPayload): Narrowing {
  const launched = typeof patient === 'string' && LAUNCH_PATIENT.test(patient);
  return { ...scopesOf(claims), ...(launched && { launchPatient: patient }) };
}

function scopesOf(claims: ClaimReader): Scopes {
  const scopes = claims.list('scope').flatMap((entry) => entry.split(' ').filter((it) => !SIGN_IN_SCOPES.has(it)));
  return scopes.length > 0 ? { scopes } : {};
}

/**
 * Says who asks, from the claims of a token whose signature, issuer, audience and times have been verified.
 *
 * The kind of actor follows the issuer, never the claims: a staff token with a personal identity number in it is
 * still staff. The number itself is hashed here and goes no further.
 *
 * @throws assuranceTooLow, purposeNotAllowed, or tokenInvalid naming the claim that is missing or malformed
 */
export function actorFromClaims(
  issuer: IssuerConfig,
  payload: JWTPayload,
  personNumberHash: (digits: string) => string,
): Actor {
  const claims = claimReader(payload, issuer);
  checkAssurance(claims, issuer);
  const scopes = narrowingOf(claims, payload);
  switch (issuer.kind) {
    case 'staff':
      return staffActor(claims, issuer.issuer, scopes);
    case 'citizen':
      return citizenActor(claims, issuer.issuer, scopes, personNumberHash);
    case 'system':
      return systemActor(claims, payload, issuer, scopesOf(claims));
  }
}
