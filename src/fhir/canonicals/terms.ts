import { listProblems } from '../../shared/problem.ts';
import { CONSENT_KIND_WORDS } from '../mapping/consent.ts';
import { STATE_WORDS_OF_PLAN } from '../mapping/plan-words.ts';
import { STATEMENT_WORDS } from '../mapping/statement-words.ts';
import { COMMITMENT_STATE_WORDS, STEP_STATE_WORDS } from '../mapping/states.ts';

/** A code system of our own: what each code means, in Swedish. */
export interface Terms {
  readonly title: string;
  readonly description: string;
  readonly codes: Readonly<Record<string, string>>;
}

const CONTACT_STATE_WORDS = {
  requested: 'begärd',
  offered: 'erbjuden',
  declined: 'avböjd',
  'plainly-unneeded': 'uppenbart onödig',
  designated: 'utsedd',
  ended: 'avslutad',
  'entered-in-error': 'felaktigt införd',
};

const FIXED = {
  'plan-type': {
    title: 'Typ av plan',
    description: 'Plantyper som det nationella kodverket saknar.',
    codes: { overenskommelse: 'Överenskommelse', patientkontrakt: 'Patientkontrakt' },
  },
  'goal-category': {
    title: 'Slag av mål',
    description: 'Mål i planen, och det som är viktigt för personen med egna ord.',
    codes: { goal: 'Mål', 'what-matters': 'Det här är viktigt' },
  },
  'task-kind': {
    title: 'Slag av uppgift',
    description: 'Vad en Task är i planen.',
    codes: {
      step: 'Steg',
      occurrence: 'Tillfälle',
      commitment: 'Löfte',
      handover: 'Överlämning',
    },
  },
  'step-state': {
    title: 'Läge för steg och löften',
    description: 'Vårt eget, finare läge i Task.businessStatus.',
    codes: { ...STEP_STATE_WORDS, ...COMMITMENT_STATE_WORDS },
  },
  report: {
    title: 'Rapport',
    description: 'Vad som rapporterats om ett steg eller ett tillfälle, i Task.output.',
    codes: {
      done: 'Gjort',
      'not-done': 'Blev inte gjort',
      skipped: 'Hoppades över',
      undone: 'Ångrat',
      value: 'Mätvärde',
    },
  },
  way: {
    title: 'Sätt',
    description: 'Hur ett steg görs.',
    codes: {
      visit: 'Besök',
      home: 'Hembesök',
      phone: 'Telefon',
      video: 'Video',
      message: 'Meddelande',
      letter: 'Brev',
      self: 'På egen hand',
    },
  },
  'remark-kind': {
    title: 'Slag av meddelande',
    description: 'Vad en Communication är.',
    codes: {
      comment: 'Kommentar',
      question: 'Fråga',
      objection: 'Invändning',
      'another-time': 'Önskan om annan tid',
      disagreement: 'Skiljaktig mening',
      answer: 'Svar',
      'missing-information': 'Återkoppling: uppgifter saknades',
      'wrong-receiver': 'Återkoppling: fel mottagare',
      good: 'Återkoppling: det fungerade bra',
      other: 'Återkoppling',
      reply: 'Svar på återkoppling',
    },
  },
  'contact-state': {
    title: 'Läge för fast kontakt',
    description: 'Från begärd till utsedd och avslutad.',
    codes: CONTACT_STATE_WORDS,
  },
  'participant-state': {
    title: 'Läge för deltagare',
    description: 'Vad den som bjudits in har svarat, och läget för en fast kontakt.',
    codes: { invited: 'inbjuden', accepted: 'deltar', left: 'har lämnat', ...CONTACT_STATE_WORDS },
  },
  'plan-state': {
    title: 'Planens läge',
    description: 'Planens eget läge, finare än CarePlan.status.',
    codes: STATE_WORDS_OF_PLAN,
  },
  'legal-basis': {
    title: 'Lagrum',
    description: 'Den lag som uppgiften är dokumenterad enligt.',
    codes: {
      HSL: 'Hälso- och sjukvårdslagen',
      SoL: 'Socialtjänstlagen',
      LSS: 'Lagen om stöd och service till vissa funktionshindrade',
    },
  },
  'agreement-state': {
    title: 'Läge för en version av överenskommelsen',
    description: 'Om versionen är föreslagen, överenskommen eller ersatt.',
    codes: { proposed: 'föreslagen', agreed: 'överenskommen', superseded: 'ersatt' },
  },
  'agreement-standing': {
    title: 'En parts svar på överenskommelsen',
    description: 'Det svagaste svaret på någon av partens delar.',
    codes: {
      approved: 'godkänd',
      reported: 'återberättat ja, inte bekräftat',
      reserved: 'reservation',
      proposed: 'inte besvarad',
    },
  },
  'approval-method': {
    title: 'Hur svaret gavs',
    description: 'Muntligt, skriftligt eller digitalt.',
    codes: { oral: 'muntligt', written: 'skriftligt', digital: 'digitalt' },
  },
  'receipt-side': {
    title: 'Vem som svarat i kvittot',
    description: 'Patienten eller personalen.',
    codes: { patient: 'patienten', staff: 'personalen' },
  },
  statement: {
    title: 'Kvittots sju påståenden',
    description: 'Det som patienten och personalen svarar ja eller nej på.',
    codes: STATEMENT_WORDS.sv,
  },
  'safety-level': {
    title: 'Nivå på ett tecken',
    description: 'Hur brådskande det är att göra något.',
    codes: { green: 'Grön', yellow: 'Gul', red: 'Röd' },
  },
  'next-step-kind': {
    title: 'Slag av nästa steg',
    description: 'Varför just detta är nästa steg.',
    codes: {
      step: 'överenskommet steg i tid',
      late: 'försenat steg',
      owed: 'något som vården är skyldig',
      proposal: 'ett ja inväntas',
      resting: 'vilar; någon avgör om det går vidare',
      'follow-up': 'uppföljning',
      none: 'inget',
    },
  },
  'time-form': {
    title: 'Tidens form',
    description: 'Hur ett stegs tid är sagd.',
    codes: {
      fixed: 'bokad tid',
      window: 'mellan två tider',
      'latest-by': 'senast',
      'patient-books': 'patienten bokar',
      'as-needed': 'vid behov, dock senast',
      'waiting-list': 'väntelista',
      recurring: 'återkommande',
    },
  },
  'series-unit': {
    title: 'Enhet för en serie',
    description: 'Dag, vecka eller månad.',
    codes: { day: 'dag', week: 'vecka', month: 'månad' },
  },
  weekday: {
    title: 'Veckodag',
    description: 'Dagar i en serie.',
    codes: {
      mon: 'måndag',
      tue: 'tisdag',
      wed: 'onsdag',
      thu: 'torsdag',
      fri: 'fredag',
      sat: 'lördag',
      sun: 'söndag',
    },
  },
  'consent-kind': {
    title: 'Slag av samtycke och spärr',
    description: 'Vad en Consent är: ett samtycke av något slag, eller en spärr.',
    codes: CONSENT_KIND_WORDS,
  },
  'link-target': {
    title: 'Vad en länk leder till',
    description: 'Hänvisningar till det som finns på annat håll.',
    codes: { plan: 'Plan', medicines: 'Läkemedel', booking: 'Bokning', other: 'Annat' },
  },
} as const satisfies Readonly<Record<string, Terms>>;

/** Names of our code systems that are known when the service is built. */
export type TermsName = keyof typeof FIXED;

/** Every code system of our own; refusals are read when asked for, since each slice declares its own. */
export function allTerms(): ReadonlyMap<string, Terms> {
  const codes = Object.fromEntries(listProblems().map(({ code, title }) => [code, title.sv]));
  const problem: Terms = {
    title: 'Fel',
    description: 'Skälet till en avvisning, i OperationOutcome.issue.details.',
    codes,
  };
  return new Map<string, Terms>([...Object.entries(FIXED), ['problem', problem]]);
}
