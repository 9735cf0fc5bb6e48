import { code, type ExtensionShape, must, type Part, text, type ValueType } from './extension-shape.ts';

const moment: readonly ValueType[] = ['date', 'dateTime'];
const ACTORS = ['Patient', 'RelatedPerson', 'Practitioner', 'PractitionerRole', 'Organization'];

/** The agreement, version by version: what each party has said of its own parts. */
export const AGREEMENT: ExtensionShape = {
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
        role: must(text('Vad parten är i planen.')),
        status: code('Partens svar.', 'agreement-standing'),
        when: { words: 'När svaret gavs.', value: ['dateTime'] },
        method: { words: 'Hur svaret gavs.', value: ['code'], codes: 'approval-method' },
      },
    },
  },
};

/** "Mitt kvitto". */
export const RECEIPT: ExtensionShape = {
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

/** A step's time in all its forms. */
export const STEP_TIME: ExtensionShape = {
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
