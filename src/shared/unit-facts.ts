/** Which field a unit works in; lag 2022:913 covers only health, older and disability. */
export const UNIT_AREAS = ['health', 'older', 'disability', 'individual-and-family', 'school', 'other'] as const;
export type UnitArea = (typeof UNIT_AREAS)[number];

/** A unit with its provider and principal, as the directory knows it: what rules may ask about it. */
export interface UnitFacts {
  readonly hsaId: string;
  readonly name: string;
  readonly area: UnitArea;
  readonly active: boolean;
  readonly provider: {
    readonly hsaId: string;
    readonly name: string;
    /** `care` is a vårdgivare (HSL), `social-care` an omsorgsgivare (SoL, LSS). */
    readonly kind: 'care' | 'social-care';
    /** Since and until when it has joined shared documentation (lag 2022:913). */
    readonly joinedFrom?: string;
    readonly joinedTo?: string;
  };
  readonly principal: { readonly hsaId: string; readonly name: string; readonly kind: 'region' | 'municipality' };
}
