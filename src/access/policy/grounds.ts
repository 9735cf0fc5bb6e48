import type { LawfulWords } from './reasons.ts';

/** By what right something is shown: a closed list, as {@link REASONS} is for what is not. */
export const GROUNDS = {
  'own-unit': { sv: 'Enhetens egen uppgift', en: "The unit's own entry", law: 'PDL 4:1' },
  'inner-secrecy': {
    sv: 'Samma vårdgivare, deltar i vården',
    en: 'The same provider, takes part in the care',
    law: 'PDL 4:1',
  },
  'care-provider-reads': {
    sv: 'Vårdgivare med patientrelation och samtycke',
    en: 'Care provider with relation and consent',
    law: 'lag 2022:913 3:1',
  },
  'social-care-provider-reads': {
    sv: 'Omsorgsgivare med insats och samtycke',
    en: 'Social-care provider with intervention and consent',
    law: 'lag 2022:913 3:2',
  },
  'child-cannot-consent': {
    sv: 'Barn som saknar förmåga att samtycka',
    en: 'A child who cannot consent',
    law: 'lag 2022:913 3:1 andra stycket, 3:2 andra stycket',
  },
  'lastingly-unable': {
    sv: 'Person som varaktigt saknar förmåga att ta ställning',
    en: 'A person lastingly unable to take a stand',
    law: 'lag 2022:913 3:3, 3:4',
  },
  emergency: { sv: 'Nödöppning', en: 'Emergency access', law: 'lag 2022:913 3:6' },
  'own-duty': {
    sv: 'Eget steg eller eget löfte',
    en: 'Own step or promise',
    law: 'OSL 10:1; SoL 2025:400 10:8; HSL 16:4',
  },
  'handed-copy': { sv: 'Utlämnad kopia', en: 'Handed copy', law: 'PDL 3:11; OSL 10:1' },
  'participant-outline': {
    sv: 'Planens slag, status, ledning och fasta kontakt',
    en: "The plan's kind, status, lead and named contact",
    law: 'HSL 16:4; SoL 2025:400 10:8–9',
  },
  patient: { sv: 'Patientens direktåtkomst', en: "The patient's direct access", law: 'PDL 5:5' },
  'unit-decision': {
    sv: 'Enhetens beslut om direktåtkomst vid 13–15 år',
    en: "The unit's decision on direct access at 13–15",
    law: 'PDL 5:5; FB 6:11',
  },
  guardian: { sv: 'Vårdnadshavares åtkomst', en: "A guardian's access", law: 'FB 6:11; PDL 5:5' },
  representative: { sv: 'Legal ställföreträdare', en: 'Legal representative', law: 'FB 11:4, 11:7' },
  proxy: { sv: 'Ombud', en: 'Proxy', law: 'PDL 5:5' },
  relative: { sv: 'Närståendes egna steg', en: "A relative's own steps", law: 'OSL 12:2' },
  'own-provider': {
    sv: 'Systemets egen vårdgivare eller omsorgsgivare',
    en: "The system's own provider",
    law: 'PDL 4:1–2',
  },
} as const satisfies Record<string, LawfulWords>;

export type Ground = keyof typeof GROUNDS;
