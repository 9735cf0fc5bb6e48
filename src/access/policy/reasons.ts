import type { Words } from '../../shared/problem.ts';

/** Words for people, and the paragraph that they come from. */
export interface LawfulWords extends Words {
  readonly law: string;
}

/** Why something was refused: a closed list, shown to people and written to the access log. */
export const REASONS = {
  // ------------------------------------------------------------ who asks
  'unknown-unit': {
    sv: 'Din enhet finns inte i katalogen, är inte verksam eller hör till en annan vårdgivare än ditt uppdrag anger',
    en: 'Your unit is not in the directory, is closed, or belongs to another provider than your assignment states',
    law: 'PDL 4:2; lag 2022:913 4:3',
  },
  'outside-scope': {
    sv: 'Inloggningen är begränsad och omfattar inte åtgärden',
    en: 'The token is narrowed and does not cover this',
    law: 'PDL 4:2',
  },
  'no-commission': {
    sv: 'Ett medarbetaruppdrag för vård och behandling krävs',
    en: 'An assignment for care and treatment is needed',
    law: 'PDL 4:1–2',
  },
  'right-to-read-missing': { sv: 'Behörighet att läsa saknas', en: 'The right to read is missing', law: 'PDL 4:2' },
  'right-to-write-missing': { sv: 'Behörighet att skriva saknas', en: 'The right to write is missing', law: 'PDL 4:2' },
  'right-to-sign-missing': { sv: 'Behörighet att signera saknas', en: 'The right to sign is missing', law: 'PDL 3:10' },
  'block-administration-missing': {
    sv: 'Behörighet att administrera spärrar saknas',
    en: 'The right to administer blocks is missing',
    law: 'PDL 4:4–5',
  },
  'log-review-missing': {
    sv: 'Behörighet att granska åtkomstloggen saknas',
    en: 'The right to review the access log is missing',
    law: 'PDL 4:3',
  },
  'plan-administration-missing': {
    sv: 'Behörighet för planadministration saknas',
    en: 'The right to administer plans is missing',
    law: 'PDL 4:2',
  },
  'not-for-this-actor': {
    sv: 'Åtgärden är inte avsedd för den som frågar',
    en: 'This is not for the one who asks',
    law: 'PDL 4:1',
  },
  'not-own-unit': {
    sv: 'Åtgärden gäller en annan enhet än din',
    en: 'This concerns another unit than yours',
    law: 'PDL 4:2',
  },
  'not-own-provider': {
    sv: 'Åtgärden gäller en annan vårdgivares eller omsorgsgivares uppgifter',
    en: "This concerns another provider's data",
    law: 'PDL 2:6, 4:5',
  },
  'another-providers': {
    sv: 'Systemet får bara läsa sin egen vårdgivares eller omsorgsgivares uppgifter',
    en: "A system may only read its own provider's data",
    law: 'lag 2022:913 3:7',
  },
  // ------------------------------------------------------------ about whom
  'no-relation': { sv: 'Du deltar inte i planen', en: 'You take no part in the plan', law: 'PDL 4:1' },
  'another-patient': {
    sv: 'Uppgiften gäller en annan person',
    en: 'The entry is about another person',
    law: 'PDL 5:5',
  },
  'protected-identity': {
    sv: 'Personen har skyddade personuppgifter och du står inte på listan',
    en: 'The person has protected identity and you are not on the list',
    law: 'OSL 21:3, 22:1',
  },
  'second-person-needed': {
    sv: 'Uppgifter om den som har eller har haft skyddade personuppgifter lämnas ut först när en annan än den som begär det har godkänt det',
    en: 'What is about someone with protected identity, now or earlier, leaves only when another than the one who asks has approved',
    law: 'OSL 21:3, 22:1',
  },
  deceased: { sv: 'Personen är avliden', en: 'The person is deceased', law: 'PDL 5:5; lag 2022:913 3:1–2' },
  // ------------------------------------------------------------ shared documentation
  'outside-shared-documentation': {
    sv: 'Enhetens verksamhetsområde omfattas inte av sammanhållen vård- och omsorgsdokumentation',
    en: "The unit's area is outside shared care documentation",
    law: 'lag 2022:913 1:1, 3:7',
  },
  'owner-outside-shared-documentation': {
    sv: 'Uppgiften hör till ett område utanför sammanhållen vård- och omsorgsdokumentation',
    en: 'The entry belongs to an area outside shared care documentation',
    law: 'lag 2022:913 1:1, 3:7',
  },
  'provider-not-joined': {
    sv: 'Din vårdgivare eller omsorgsgivare är inte ansluten till sammanhållen vård- och omsorgsdokumentation',
    en: 'Your provider has not joined shared care documentation',
    law: 'lag 2022:913 2:4',
  },
  'owner-not-joined': {
    sv: 'Uppgiftens ägare är inte ansluten till sammanhållen vård- och omsorgsdokumentation',
    en: 'The owner of the entry has not joined shared care documentation',
    law: 'lag 2022:913 2:4',
  },
  'shared-reading-right-missing': {
    sv: 'Ditt uppdrag omfattar inte läsning av andra vårdgivares uppgifter (SJF)',
    en: "Your assignment does not cover reading other providers' data (SJF)",
    law: 'PDL 4:2; lag 2022:913 4:3',
  },
  'no-care-relation': {
    sv: 'Enheten har ingen aktuell patientrelation',
    en: 'The unit has no current patient relation',
    law: 'lag 2022:913 3:1',
  },
  'no-intervention': {
    sv: 'Enheten har ingen pågående insats eller utredning',
    en: 'The unit has no ongoing intervention or investigation',
    law: 'lag 2022:913 3:2',
  },
  'information-not-given': {
    sv: 'Personen har inte fått information om vad sammanhållen dokumentation innebär',
    en: 'The person has not been informed of what shared documentation means',
    law: 'lag 2022:913 2:2',
  },
  'sip-consent-missing': {
    sv: 'Gällande samtycke till planeringen (SIP) saknas för enheten, regionen eller kommunen',
    en: 'Consent in force to the planning (SIP) is missing for the unit, the region or the kommun',
    law: 'HSL 16:4; SoL 2025:400 10:8',
  },
  'read-care-consent-missing': {
    sv: 'Gällande samtycke till vårdgivarens läsning saknas',
    en: 'Consent in force to reading by the care provider is missing',
    law: 'lag 2022:913 3:1',
  },
  'read-social-consent-missing': {
    sv: 'Gällande samtycke till omsorgsgivarens läsning saknas',
    en: 'Consent in force to reading by the social-care provider is missing',
    law: 'lag 2022:913 3:2',
  },
  'not-in-consent': {
    sv: 'Samtycket omfattar inte uppgifter av detta slag',
    en: 'The consent does not cover entries of this kind',
    law: 'lag 2022:913 3:1–2',
  },
  blocked: { sv: 'Uppgiften är spärrad', en: 'The entry is blocked', law: 'PDL 4:4; lag 2022:913 2:3' },
  'inner-secrecy': {
    sv: 'Enheten deltar inte i vården eller omsorgen och behöver inte uppgiften',
    en: 'The unit takes no part in the care and does not need the entry',
    law: 'PDL 4:1; lag 2022:913 4:3',
  },
  'not-needed': {
    sv: 'Uppgiften behövs inte för din uppgift i planen',
    en: 'The entry is not needed for your part in the plan',
    law: 'PDL 4:1–2; lag 2022:913 3:2, 4:3',
  },
  'part-is-over': {
    sv: 'Enhetens del i planen är avslutad; det egna och det som lämnats ut finns kvar',
    en: "The unit's part in the plan is over; its own and what it was handed remain",
    law: 'lag 2022:913 3:1–2',
  },
  'entered-in-error': {
    sv: 'Uppgiften är makulerad',
    en: 'The entry was entered in error',
    law: 'PDL 3:14',
  },
  // ------------------------------------------------------------ direct access
  'not-approved-for-patient': {
    sv: 'Uppgiften är inte godkänd att visas för patienten',
    en: 'The entry is not approved for the patient',
    law: 'PDL 5:5',
  },
  unsigned: {
    sv: 'Uppgiften är inte signerad än',
    en: 'The entry has not been signed yet',
    law: 'PDL 3:10',
  },
  sealed: { sv: 'Uppgiften är förseglad', en: 'The entry is sealed', law: 'PDL 5:5' },
  'lasting-inability': {
    sv: 'Uppgiften är tillgänglig utan samtycke för en person som varaktigt saknar förmåga att ta ställning',
    en: 'The entry was made available without consent for a person lastingly unable to take a stand',
    law: 'lag 2022:913 2:6, 4:2',
  },
  'age-unknown': {
    sv: 'Patientens ålder är inte känd',
    en: "The patient's age is not known",
    law: 'PDL 5:5; FB 6:11',
  },
  'too-young': {
    sv: 'Före 16 års ålder visas uppgifterna bara om enheten har beslutat det',
    en: 'Before the age of 16 entries are shown only when the unit has decided so',
    law: 'PDL 5:5; FB 6:11',
  },
  'child-too-old-for-guardian': {
    sv: 'Från 13 års ålder visas uppgifterna för vårdnadshavare bara om enheten har beslutat det, från 16 aldrig',
    en: 'From the age of 13 entries are shown to guardians only when the unit has decided so, from 16 never',
    law: 'FB 6:11; OSL 12:3',
  },
  'guardian-blocked': {
    sv: 'Vårdnadshavaren är blockerad',
    en: 'The guardian is blocked',
    law: 'OSL 12:3',
  },
  'relation-not-in-force': {
    sv: 'Uppdraget eller vårdnaden gäller inte nu',
    en: 'The assignment or custody does not hold now',
    law: 'FB 6:2, 11:4, 11:7',
  },
  'decision-missing': {
    sv: 'Beslut om ställföreträdarskap saknas, eller patientens ålder medger det inte',
    en: "A decision on representation is missing, or the patient's age does not allow it",
    law: 'FB 11:4, 11:7',
  },
  'proxy-not-allowed': {
    sv: 'Ett ombud får inte läsa uppgifter av journaltyp',
    en: 'A proxy may not read record-type data',
    law: 'PDL 5:5',
  },
  'relative-not-allowed': {
    sv: 'Närståendes steg visas inte digitalt',
    en: "A relative's steps are not shown digitally",
    law: 'PDL 5:5',
  },
  // ------------------------------------------------------------ blocks, emergencies, copies, searches
  'guardian-may-not-block': {
    sv: 'En vårdnadshavare får inte spärra ett barns uppgifter',
    en: "A guardian may not block a child's data",
    law: 'PDL 4:4; lag 2022:913 2:3',
  },
  'emergency-only-for-care-providers': {
    sv: 'Nödöppning finns bara för vårdgivare',
    en: 'Emergency access is for care providers only',
    law: 'lag 2022:913 3:5–6',
  },
  'no-emergency': {
    sv: 'Ingen nödöppning gäller för dig nu',
    en: 'No emergency access is in force for you now',
    law: 'lag 2022:913 3:5',
  },
  'disclosure-without-ground': {
    sv: 'Utlämnandet saknar grund: gällande samtycke eller en annan grund krävs',
    en: 'The disclosure lacks a ground: consent in force or another ground is needed',
    law: 'OSL 10:1, 12:2, 25:1, 26:1',
  },
  'search-ban': {
    sv: 'En vårdgivare får inte söka fram personer efter insatser inom socialtjänsten',
    en: 'A care provider may not search for persons by social-service interventions',
    law: 'PDL 2:8',
  },
} as const satisfies Record<string, LawfulWords>;

export type Reason = keyof typeof REASONS;
