import type { TermsName } from './terms.ts';

export type ValueType =
  | 'boolean'
  | 'code'
  | 'CodeableConcept'
  | 'date'
  | 'dateTime'
  | 'integer'
  | 'Reference'
  | 'string'
  | 'time'
  | 'url';

/** One part of an extension: a value of some types, or further parts. */
export interface Part {
  readonly words: string;
  readonly value?: readonly ValueType[];
  readonly codes?: TermsName;
  /** What a reference may lead to. */
  readonly to?: readonly string[];
  readonly parts?: Readonly<Record<string, Part>>;
  readonly min?: 1;
  readonly many?: true;
}

/** One extension of our own, and where it stands. */
export interface ExtensionShape extends Part {
  readonly title: string;
  readonly on: readonly string[];
}

const text = (words: string): Part => ({ words, value: ['string'] });
const must = (part: Part): Part => ({ ...part, min: 1 });
const code = (words: string, codes: TermsName): Part => ({ words, value: ['code'], codes, min: 1 });
const moment: readonly ValueType[] = ['date', 'dateTime'];
const ACTORS = ['Patient', 'RelatedPerson', 'Practitioner', 'PractitionerRole', 'Organization'];

const AGREEMENT: ExtensionShape = {
  title: 'Överenskommelse',
  words: 'En version av överenskommelsen, och vad varje part har sagt om sina delar.',
  on: ['CarePlan'],
  parts: {
    version: { words: 'Versionens nummer.', value: ['integer'], min: 1 },
    status: code('Versionens läge.', 'agreement-state'),
    proposed: { words: 'När versionen föreslogs.', value: ['dateTime'], min: 1 },
    agreed: { words: 'När alla hade sagt ja.', value: ['dateTime'] },
    party: {
      words: 'En part.',
      many: true,
      parts: {
        who: { words: 'Vem parten är.', value: ['Reference'], to: ACTORS, min: 1 },
        status: code('Partens svar.', 'agreement-standing'),
        when: { words: 'När svaret gavs.', value: ['dateTime'] },
        method: { words: 'Hur svaret gavs.', value: ['code'], codes: 'approval-method' },
      },
    },
  },
};

const RECEIPT: ExtensionShape = {
  title: 'Kvitto',
  words: 'Vad patienten eller personalen svarat på de sju påståendena.',
  on: ['CarePlan'],
  parts: {
    version: { words: 'Överenskommelsens version.', value: ['integer'], min: 1 },
    party: code('Vem som svarat.', 'receipt-side'),
    method: code('Hur svaret gavs.', 'approval-method'),
    when: { words: 'När svaret gavs.', value: ['dateTime'], min: 1 },
    answer: {
      words: 'Svaret på ett påstående.',
      many: true,
      parts: {
        statement: code('Påståendet.', 'statement'),
        agrees: { words: 'Ja eller nej.', value: ['boolean'], min: 1 },
      },
    },
  },
};

/** What the next step is told with: the same values in the extension and in the operation's answer. */
export const NEXT_STEP_PARTS: Readonly<Record<string, Part>> = {
  kind: code('Varför detta är nästa steg.', 'next-step-kind'),
  sentence: text('Alltihop i en mening eller två.'),
  plan: { words: 'Planen.', value: ['Reference'], to: ['CarePlan'] },
  step: { words: 'Steget.', value: ['Reference'], to: ['Task'] },
  occurrence: { words: 'Vilket tillfälle i en serie.', value: moment },
  duty: text('Vilken skyldighet vården har.'),
  what: text('Vad som ska göras.'),
  who: text('Med vem.'),
  when: text('När, i ord.'),
  start: { words: 'När det börjar.', value: moment },
  latest: { words: 'Senast när.', value: moment },
  late: { words: 'Om det är försenat.', value: ['boolean'], min: 1 },
  contact: text('Vem man vänder sig till.'),
  channel: text('Slag av kontaktväg.'),
  channelValue: text('Nummer eller adress.'),
  openNow: { words: 'Om kontaktvägen är öppen nu.', value: ['boolean'], min: 1 },
  reach: text('Hur man når dem, i ord.'),
  after: text('Vad som kommer därefter.'),
  afterStep: { words: 'Steget därefter.', value: ['Reference'], to: ['Task'] },
};

const STEP_TIME: ExtensionShape = {
  title: 'Stegets tid',
  words: 'Stegets tid i alla sina former, och senast när enligt överenskommelsen.',
  on: ['Task'],
  parts: {
    form: { words: 'Tidens form.', value: ['code'], codes: 'time-form' },
    start: text('När det börjar.'),
    end: text('När det slutar.'),
    byPatient: { words: 'Om patienten själv kan ändra tiden.', value: ['boolean'] },
    how: text('Hur man ändrar den.'),
    from: text('Tidigast.'),
    to: text('Senast.'),
    expected: text('När det väntas.'),
    link: { words: 'Var man bokar.', value: ['url'] },
    by: text('Senast när.'),
    every: { words: 'Dag, vecka eller månad.', value: ['code'], codes: 'series-unit' },
    interval: { words: 'Var hur många dagar, veckor eller månader.', value: ['integer'] },
    weekday: { words: 'En veckodag.', value: ['code'], codes: 'weekday', many: true },
    startsOn: { words: 'Första dagen.', value: ['date'] },
    endsOn: { words: 'Sista dagen.', value: ['date'] },
    timeOfDay: { words: 'Klockslag i svensk tid.', value: ['time'] },
    exception: {
      words: 'Ett tillfälle som är flyttat eller inställt.',
      many: true,
      parts: {
        on: { words: 'Vilken dag det skulle ha varit.', value: ['date'], min: 1 },
        movedTo: text('Vart det är flyttat.'),
        cancelled: { words: 'Att det är inställt.', value: ['boolean'] },
      },
    },
    agreedLatest: text('Senast när enligt överenskommelsen.'),
  },
};

const OWNED = ['CarePlan', 'Task', 'Goal', 'CareTeam', 'ServiceRequest', 'Communication'];

/** Every extension that leaves through the FHIR door. */
export const EXTENSIONS: Readonly<Record<string, ExtensionShape>> = {
  agreement: { ...AGREEMENT, many: true },
  'agreement-version': {
    title: 'Överenskommelsens version',
    words: 'Vilken version av överenskommelsen som ett svar gäller.',
    on: ['Provenance'],
    value: ['integer'],
  },
  'answer-method': {
    title: 'Hur svaret gavs',
    words: 'Hur ja eller nej till steget gavs.',
    on: ['Task'],
    value: ['code'],
    codes: 'approval-method',
  },
  condition: { title: 'Villkor', words: 'Steget görs bara om detta händer.', on: ['Task'], value: ['string'] },
  'follow-up': {
    title: 'Uppföljning',
    words: 'En planerad eller gjord uppföljning.',
    on: ['CarePlan'],
    many: true,
    parts: {
      planned: { words: 'Planerad dag.', value: ['date'], min: 1 },
      responsible: { words: 'Ansvarig enhet.', value: ['Reference'], to: ['Organization'], min: 1 },
      done: { words: 'Dagen då den gjordes.', value: ['date'] },
      outcome: text('Vad den gav.'),
      story: text('Patientens berättelse.'),
      rating: { words: 'Patientens betyg.', value: ['integer'] },
    },
  },
  'legal-basis': {
    title: 'Lagrum',
    words: 'Den lag som uppgiften är dokumenterad enligt.',
    on: OWNED,
    value: ['code'],
    codes: 'legal-basis',
  },
  link: {
    title: 'Hänvisning',
    words: 'En hänvisning till något som finns på annat håll; aldrig en kopia.',
    on: ['CarePlan'],
    many: true,
    parts: {
      to: code('Vad den leder till.', 'link-target'),
      title: text('Vad den heter.'),
      url: { words: 'Adressen.', value: ['url'] },
      reference: text('Ett id där.'),
    },
  },
  'next-step': {
    title: 'Nästa steg',
    words: 'Nästa steg för den som läser: vad, när, med vem och hur man når dem. Räknas ut vid varje läsning.',
    on: ['CarePlan'],
    parts: NEXT_STEP_PARTS,
  },
  'participant-state': {
    title: 'Läge för deltagare',
    words: 'Vad en inbjuden har svarat, eller läget för en fast kontakt.',
    on: ['CareTeam', 'CareTeam.participant'],
    value: ['code'],
    codes: 'participant-state',
  },
  plan: {
    title: 'Planen',
    words: 'Planen som uppgiften hör till, där FHIR inte själv har ett fält för det.',
    on: ['Goal', 'CareTeam'],
    value: ['Reference'],
    to: ['CarePlan'],
  },
  'plan-state': {
    title: 'Planens läge',
    words: 'Planens eget läge där CarePlan.status saknar ord för det: föreslagen eller avböjd.',
    on: ['CarePlan'],
    value: ['code'],
    codes: 'plan-state',
  },
  predecessor: {
    title: 'Föregås av',
    words: 'Ett steg som ska vara gjort före detta.',
    on: ['Task'],
    many: true,
    value: ['Reference'],
    to: ['Task'],
  },
  'proposed-change': {
    title: 'Föreslagen ändring',
    words: 'En ändring är föreslagen i denna version av överenskommelsen och inte besvarad.',
    on: ['Task', 'Goal'],
    value: ['integer'],
  },
  receipt: { ...RECEIPT, many: true },
  'responsible-now': {
    title: 'Ansvarig just nu',
    words: 'Enheten som ska agera nu.',
    on: ['Task'],
    value: ['Reference'],
    to: ['Organization'],
  },
  'safety-net': {
    title: 'Håll koll på',
    words: 'Ett tecken, vad man gör, och vem man ringer dag och natt.',
    on: ['CarePlan'],
    many: true,
    parts: {
      level: code('Hur brådskande.', 'safety-level'),
      sign: text('Tecknet.'),
      action: text('Vad man gör.'),
      contactByDay: text('Vem man ringer på dagen.'),
      contactByNight: text('Vem man ringer annan tid.'),
    },
  },
  'self-care-assessment': {
    title: 'Egenvårdsbedömning',
    words: 'En bedömning enligt lagen om egenvård (2022:1250).',
    on: ['Task'],
    many: true,
    parts: {
      assessor: must(text('Vem som bedömde.')),
      unit: { words: 'Enheten.', value: ['Reference'], to: ['Organization'], min: 1 },
      assessedOn: { words: 'När.', value: ['date'], min: 1 },
      reviewOn: { words: 'När den ska omprövas.', value: ['date'], min: 1 },
      helpNeeded: text('Vilken hjälp som behövs.'),
      ifItFails: text('Vad man gör om det inte fungerar.'),
    },
  },
  series: {
    title: 'Serie',
    words: 'Hur ofta steget återkommer, i ord.',
    on: ['Task'],
    value: ['string'],
  },
  'step-time': STEP_TIME,
  way: { title: 'Sätt', words: 'Hur och var steget görs.', on: ['Task'], value: ['CodeableConcept'], codes: 'way' },
};
