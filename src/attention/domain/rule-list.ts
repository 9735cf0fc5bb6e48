export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const PLAN_RULES = [
  'step-not-answered',
  'handover-not-received',
  'handover-not-accepted',
  'step-without-date',
  'due-date-passed',
  'two-occurrences-missed',
  'responsible-unit-inactive',
  'responsible-person-inactive',
  'no-named-contact',
  'no-follow-up-date',
  'no-patient-contact',
  'consent-expiring',
  'each-believes-the-other',
  'withdrawal-not-explained',
  'sheet-stale',
] as const;

/** What LUS asks for within a time, and was not done in it. */
export const STAY_RULES = [
  'admission-notice-late',
  'discharged-without-contact',
  'sip-call-late',
  'information-transfer-late',
] as const;

export const RULE_NAMES = [...PLAN_RULES, ...STAY_RULES] as const;
export type RuleName = (typeof RULE_NAMES)[number];

export interface RuleWords {
  readonly severity: Severity;
  /** What it is called in a list. */
  readonly title: string;
  /** What has happened and what to do, in plain Swedish to staff. */
  readonly explanation: string;
}

/** Every rule of what falls between chairs (docs/domain.md 4), as staff read it. */
export const RULES: Readonly<Record<RuleName, RuleWords>> = {
  'step-not-answered': {
    severity: 'medium',
    title: 'Föreslaget steg eller önskemål utan svar',
    explanation:
      'Någon är tillfrågad om ett steg och har inte svarat, eller patienten har önskat något och inte fått svar. Det är fortfarande ert: kontakta den som är tillfrågad, föreslå en annan, eller svara patienten.',
  },
  'handover-not-received': {
    severity: 'high',
    title: 'Överlämning som ingen har tagit emot',
    explanation:
      'Tiden för att svara på överlämningen har gått ut utan att någon har tagit emot den. Ansvaret ligger kvar hos den som lämnar över: ring mottagaren.',
  },
  'handover-not-accepted': {
    severity: 'high',
    title: 'Överlämning som är mottagen men inte accepterad',
    explanation:
      'Mottagaren har sett överlämningen men inte tagit över ansvaret, och tiden har gått ut. Ansvaret ligger kvar hos den som lämnar över.',
  },
  'step-without-date': {
    severity: 'medium',
    title: 'Accepterat steg utan tid',
    explanation:
      'Enheten har sagt ja till steget men det finns ingen tid. Ange när det ska göras, eller hur tiden bestäms.',
  },
  'due-date-passed': {
    severity: 'high',
    title: 'Tiden har gått ut',
    explanation: 'Steget skulle vara gjort och ingen har rapporterat. Rapportera det, eller ge patienten en ny tid.',
  },
  'two-occurrences-missed': {
    severity: 'high',
    title: 'Två tillfällen i rad har uteblivit',
    explanation:
      'Två tillfällen i rad är inte gjorda eller inte rapporterade. Ta reda på varför och berätta för patienten.',
  },
  'responsible-unit-inactive': {
    severity: 'high',
    title: 'Ansvarig enhet är nedlagd',
    explanation:
      'Enheten som ska agera, följa upp, leda planen eller vara patientens kontakt är inte längre i drift. Se till att en enhet som finns tar över.',
  },
  'responsible-person-inactive': {
    severity: 'high',
    title: 'Ansvarig person är borta och har ingen ersättare',
    explanation:
      'Den namngivna personen har slutat eller är frånvarande, och ingen ersättare är utsedd. Utse en ersättare.',
  },
  'no-named-contact': {
    severity: 'high',
    title: 'Aktiv plan utan fast vårdkontakt',
    explanation:
      'Patienten har ingen namngiven person att vända sig till. Utse en, eller dokumentera att det uppenbart inte behövs.',
  },
  'no-follow-up-date': {
    severity: 'low',
    title: 'Aktiv plan utan datum för uppföljning',
    explanation: 'Det finns inget datum för när planen ska följas upp. Bestäm ett tillsammans med patienten.',
  },
  'no-patient-contact': {
    severity: 'medium',
    title: 'Ingen kontakt med patienten på länge',
    explanation: 'Ingen har rapporterat ett besök eller samtal på länge. Hör av er till patienten.',
  },
  'consent-expiring': {
    severity: 'medium',
    title: 'Samtycke går snart ut',
    explanation:
      'Utan nytt samtycke upphör delningen den dagen. Fråga patienten i tid; ett nytt samtycke är ett nytt beslut.',
  },
  'each-believes-the-other': {
    severity: 'high',
    title: 'Var och en kan tro att den andra har det',
    explanation:
      'En enhet har lämnat tillbaka steget, eller sagt att det hamnat fel, och sedan har ingenting hänt. Kom överens om vem som har det.',
  },
  'withdrawal-not-explained': {
    severity: 'high',
    title: 'Patienten har inte fått veta vad som händer efter återkallat samtycke',
    explanation:
      'Planen vilar för att samtycket är återkallat. Den fasta vårdkontakten ska förklara för patienten vad det betyder.',
  },
  'sheet-stale': {
    severity: 'medium',
    title: 'Lämna nytt blad',
    explanation:
      'Patienten har fått sin plan på papper, och något på bladet har ändrats. Ni träffar patienten härnäst: skriv ut ett nytt blad, lämna det och ta tillbaka det gamla.',
  },
  'admission-notice-late': {
    severity: 'medium',
    title: 'Inskrivningsmeddelandet kom för sent',
    explanation:
      'Meddelandet ska skickas inom 24 timmar från inskrivningen (LUS 2 kap. 3 §). Kontrollera att mottagarna hinner planera, och förklara varför det blev sent.',
  },
  'discharged-without-contact': {
    severity: 'high',
    title: 'Utskriven utan fast vårdkontakt',
    explanation:
      'Den öppna vården ska utse en fast vårdkontakt innan patienten skrivs ut (LUS 2 kap. 5 §). Utse en nu, och berätta för patienten vem det är.',
  },
  'sip-call-late': {
    severity: 'high',
    title: 'Kallelse till SIP är inte skickad i tid',
    explanation:
      'Den fasta vårdkontakten ska kalla till SIP inom tre dagar från att patienten är utskrivningsklar (LUS 4 kap. 3 §). Kalla nu, eller meddela varför det inte blir någon SIP.',
  },
  'information-transfer-late': {
    severity: 'high',
    title: 'Informationen är inte överförd samma dag som hemgången',
    explanation:
      'De som tar över ska få informationen senast samma dag som patienten skrivs ut (LUS 3 kap. 2 §). För över den nu, och ring dem som redan har träffat patienten.',
  },
};

/** What the field leaves open, and a deployment may decide. */
export interface AttentionSettings {
  readonly answerStepWithinDays: number;
  readonly dateWithinDays: number;
  readonly contactWithinDays: number;
  readonly consentWarnedDays: number;
  /** How long a returned or misdirected step may lie untouched. */
  readonly settledWithinDays: number;
}

/** Our own, and rather soon than late: docs/domain.md names the rules and leaves the days to each agreement. */
export const DEFAULT_ATTENTION: AttentionSettings = {
  answerStepWithinDays: 3,
  dateWithinDays: 2,
  contactWithinDays: 90,
  consentWarnedDays: 14,
  settledWithinDays: 2,
};
