import { unitName } from './acting-contact.ts';
import type { PlanContext } from './context.ts';
import type { HsaId, Party } from './model.ts';

/** "Jag gör / mitt nätverk gör / ni gör." */
export type Side = 'me' | 'network' | 'care';

/** A party as the patient meets it. */
export interface PartyView {
  readonly kind: Party['kind'];
  readonly side: Side;
  readonly name: string;
  /** How a relative is related. */
  readonly relation?: string;
  readonly unit?: HsaId;
}

const WORDS = {
  sv: { me: 'Du', relative: 'En närstående', other: 'Annan' },
  en: { me: 'You', relative: 'A relative', other: 'Another party' },
} as const;

/** On whose side a party stands; school, Försäkringskassan and the like are among those that the patient calls "ni". */
export function sideOf(party: Party): Side {
  if (party.kind === 'patient') return 'me';
  return party.kind === 'relative' ? 'network' : 'care';
}

/** A party by name: the patient is "du", a relative by name, a unit by the directory's name. */
export function partyView(party: Party, context: PlanContext): PartyView {
  const words = WORDS[context.language];
  const side = sideOf(party);
  const { kind } = party;
  if (kind === 'patient') return { kind, side, name: words.me };
  if (kind === 'relative') {
    const relative = context.relatives.get(party.relatedPersonId);
    const name = relative?.name ?? words.relative;
    return relative?.relation ? { kind, side, name, relation: relative.relation } : { kind, side, name };
  }
  if (party.unit !== undefined) return { kind, side, name: unitName(party.unit, context), unit: party.unit };
  return { kind, side, name: (kind === 'other' && party.name) || words.other };
}
