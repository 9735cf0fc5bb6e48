import type { Words } from '../../shared/problem.ts';

/** Why something was refused: a closed list, shown to people and written to the access log. */
export const REASONS = {
  'no-relation': {
    sv: 'Du deltar inte i planen',
    en: 'You take no part in the plan',
  },
  'unknown-unit': {
    sv: 'Din enhet finns inte i katalogen, är inte verksam eller hör till en annan vårdgivare än ditt uppdrag anger',
    en: 'Your unit is not in the directory, is closed, or belongs to another provider than your assignment states',
  },
  'outside-shared-documentation': {
    sv: 'Enhetens verksamhetsområde omfattas inte av sammanhållen vård- och omsorgsdokumentation',
    en: "The unit's area is outside shared care documentation",
  },
  'not-for-this-actor': {
    sv: 'Åtgärden är inte avsedd för den som frågar',
    en: 'This is not for the one who asks',
  },
  'log-review-missing': {
    sv: 'Behörighet att granska åtkomstloggen saknas',
    en: 'The right to review the access log is missing',
  },
  'not-planning-lead': {
    sv: 'Bara den planeringsansvariga enheten får göra detta',
    en: 'Only the planning lead may do this',
  },
  'not-approved-for-patient': {
    sv: 'Uppgiften är inte godkänd att visas för patienten',
    en: 'The entry is not approved for the patient',
  },
  'another-patient': {
    sv: 'Uppgiften gäller en annan person',
    en: 'The entry is about another person',
  },
} as const satisfies Record<string, Words>;

export type Reason = keyof typeof REASONS;
