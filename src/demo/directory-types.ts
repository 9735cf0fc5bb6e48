/** The demonstration's directory in plain fields, as the directory import takes it. All of it is made up. */
export interface DemoDirectory {
  readonly principals: readonly DemoPrincipal[];
  readonly providers: readonly DemoProvider[];
  readonly units: readonly DemoUnit[];
  readonly staff: readonly DemoStaff[];
  readonly channels: readonly DemoChannel[];
}

export interface DemoPrincipal {
  readonly hsaId: string;
  readonly name: string;
  readonly kind: 'region' | 'municipality';
}

export interface DemoProvider {
  readonly hsaId: string;
  readonly name: string;
  readonly kind: 'care' | 'social-care';
  readonly principalHsaId: string;
  /** When the provider joined sammanhållen dokumentation (lag 2022:913, voluntary); absent: has not. */
  readonly joinedSharedDocumentationFrom?: string;
}

export interface DemoUnit {
  readonly hsaId: string;
  readonly name: string;
  readonly area: 'health' | 'older' | 'disability' | 'individual-and-family' | 'school' | 'other';
  readonly providerHsaId: string;
}

export interface DemoStaff {
  readonly hsaId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly title: string;
  readonly unitHsaIds: readonly string[];
}

export interface DemoChannel {
  /** A unit's or a member of staff's. */
  readonly ownerHsaId: string;
  /** The source's own name for the channel, unique per owner. */
  readonly key: string;
  readonly kind: 'phone' | '1177-message' | 'visit' | 'switchboard' | 'e-mail' | 'letter';
  readonly value: string;
  readonly purpose: string;
  readonly audience: 'patient' | 'professional';
  /** In Swedish, as the import reads it: `mån-fre 08:00-16:00`, `dygnet runt`; closed on holidays unless said. */
  readonly openingHours: string;
  readonly whenClosed?: string;
  readonly inEmergency?: string;
  /** The owner's own order, lowest first. */
  readonly order: number;
}
