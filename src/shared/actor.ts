/** A medarbetaruppdrag as the identity provider states it (Inera IdP's claim names). */
export interface Commission {
  readonly hsaId: string;
  readonly name?: string;
  readonly purpose: string;
  readonly rights: readonly string[];
}

/** A member of staff, acting at one unit of one provider; both come from the token, never from a body. */
export interface StaffActor {
  readonly kind: 'staff';
  readonly issuer: string;
  readonly employeeHsaId: string;
  readonly name: string;
  readonly unitHsaId: string;
  readonly providerHsaId: string;
  /** Absent for social-care staff without one: fewer rights, never those of lag 2022:913 3:1. */
  readonly commission?: Commission;
  /** What the token was narrowed to. Scopes take rights away, never give any. */
  readonly scopes?: readonly string[];
  /** The patient that an app was launched for, by public id: what scopes of the level `patient/` reach. */
  readonly launchPatient?: string;
}

/** A person on own business (or, later, for a child), from a citizen issuer. Can never be staff. */
export interface CitizenActor {
  readonly kind: 'citizen';
  readonly issuer: string;
  /** Keyed hash of the personal identity number: what look-ups use; the number itself is not carried around. */
  readonly personNumberHash: string;
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly launchPatient?: string;
}

/** A machine (client credentials) bound to exactly one provider. */
export interface SystemActor {
  readonly kind: 'system';
  readonly issuer: string;
  readonly clientId: string;
  readonly providerHsaId: string;
  readonly name?: string;
  readonly scopes?: readonly string[];
}

/** Who is asking. Made only in `identity/`, from a verified token. */
export type Actor = StaffActor | CitizenActor | SystemActor;

/** A stable text that tells actors apart (idempotency, cursors, rate limits); holds no personal number. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'staff':
      return `staff:${actor.employeeHsaId}@${actor.unitHsaId}`;
    case 'citizen':
      return `citizen:${actor.personNumberHash}`;
    case 'system':
      return `system:${actor.issuer}#${actor.clientId}`;
  }
}
