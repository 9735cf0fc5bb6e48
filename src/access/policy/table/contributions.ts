import type { Facts } from '../facts.ts';
import type { ContributionFacts } from '../facts-plan.ts';
import { AFTER, BEFORE, RELATED_ID, stepOf, UNITS } from './world.ts';

/** One contribution, and what else holds while it is read. */
export interface Case {
  readonly name: string;
  readonly c: ContributionFacts;
  readonly facts?: Partial<Facts>;
}

const { healthCentre, nursing, homeCare, youngAdults } = UNITS;
const ofCentre = (reach: 'inner' | 'outer') => ({
  blocks: [{ id: RELATED_ID, reach, provider: healthCentre.provider.hsaId, unit: healthCentre.hsaId, from: BEFORE }],
});

/** What is looked at in the policy table, row by row. */
export const CASES: readonly Case[] = [
  { name: 'planens huvud', c: stepOf(healthCentre, { kind: 'plan', outline: true }) },
  { name: 'fast kontakt', c: stepOf(healthCentre, { kind: 'named-contact', outline: true }) },
  { name: 'vårdcentralens steg', c: stepOf(healthCentre) },
  { name: 'vårdcentralens mål', c: stepOf(healthCentre, { kind: 'goal' }) },
  { name: 'hemsjukvårdens steg', c: stepOf(nursing) },
  { name: 'hemtjänstens steg', c: stepOf(homeCare) },
  { name: 'steg hos socialtjänst utanför lagen', c: stepOf(youngAdults) },
  {
    name: 'vårdcentralens steg som hemsjukvården ombeds göra',
    c: stepOf(healthCentre, { duties: [{ state: 'asked', unit: nursing.hsaId }] }),
  },
  {
    name: 'vårdcentralens steg som hemtjänsten har tagit',
    c: stepOf(healthCentre, { duties: [{ state: 'accepted', unit: homeCare.hsaId }] }),
  },
  {
    name: 'vårdcentralens steg som skolan har fått kopia av',
    c: stepOf(healthCentre, { copies: [{ unit: UNITS.school.hsaId, at: BEFORE }] }),
  },
  { name: 'vårdcentralens steg, yttre spärr', c: stepOf(healthCentre), facts: ofCentre('outer') },
  { name: 'vårdcentralens steg, inre spärr', c: stepOf(healthCentre), facts: ofCentre('inner') },
  { name: 'vårdcentralens steg, information inte lämnad', c: stepOf(healthCentre), facts: { information: [] } },
  { name: 'vårdcentralens steg, inte godkänt för patienten', c: stepOf(healthCentre, { approvedForPatient: false }) },
  { name: 'vårdcentralens steg, makulerat', c: stepOf(healthCentre, { enteredInError: true }) },
  {
    name: 'vårdcentralens steg, tillgängligt enligt 2:6',
    c: stepOf(healthCentre, { underTwoSix: true }),
  },
  {
    name: 'vårdcentralens steg, förseglat',
    c: stepOf(healthCentre),
    facts: { sealings: [{ unit: healthCentre.hsaId, from: BEFORE, until: AFTER }] },
  },
];
