/** What kinds of things are called, in the plural where there may be several. */
const KINDS: Readonly<Record<string, string>> = {
  patient: 'personuppgifter',
  'patient-join': 'sammanföring av registreringar',
  'related-person': 'närstående',
  consent: 'samtycken',
  plan: 'plan',
  step: 'steg',
  report: 'rapporter',
  'what-matters': 'det som är viktigt för patienten',
  goal: 'mål',
  'named-contact': 'namngivna kontakter',
  participant: 'deltagare',
  commitment: 'löften',
  'safety-net-item': 'håll koll på',
  'self-care-assessment': 'egenvårdsbedömningar',
  'agreement-version': 'överenskommelser',
  'agreement-act': 'godkännanden och reservationer',
  receipt: 'kvitto',
  'follow-up': 'uppföljningar',
  link: 'hänvisningar',
  sheet: 'utskrivna blad',
  remark: 'frågor och kommentarer',
  handover: 'överlämningar',
  feedback: 'återkoppling',
  finding: 'sådant som fallit mellan stolarna',
  'discharge-message': 'meddelanden om vårdtillfällen',
};

/** The kinds of things that an entry is about, in words, each once; a kind without words is left out. */
export function kindWords(kinds: readonly string[]): string[] {
  return [...new Set(kinds)].flatMap((kind) => KINDS[kind] ?? []);
}
