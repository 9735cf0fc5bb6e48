/** What was done, as one says it: "läste planen", and of what was refused "läsa planen". */
export interface ActionWords {
  readonly did: string;
  readonly wouldDo: string;
}

function words(did: string, wouldDo: string): ActionWords {
  return { did, wouldDo };
}

const read = (what: string) => words(`läste ${what}`, `läsa ${what}`);
const wrote = (what: string) => words(`skrev ${what}`, `skriva ${what}`);
const changed = (what: string) => words(`ändrade ${what}`, `ändra ${what}`);
const ended = (what: string) => words(`avslutade ${what}`, `avsluta ${what}`);
const answered = (what: string) => words(`svarade på ${what}`, `svara på ${what}`);
const registered = (what: string) => words(`registrerade ${what}`, `registrera ${what}`);
const lifted = (what: string) => words(`hävde ${what}`, `häva ${what}`);

/** By action of the closed list in `access/actions.ts`; those that are about no person are never told to one. */
const WORDS: Readonly<Record<string, ActionWords>> = {
  'patient.register': registered('personen'),
  'patient.find': words('sökte fram personen', 'söka fram personen'),
  'patient.read': read('personuppgifterna'),
  'patient.change': changed('personuppgifterna'),
  'patient.join': words(
    'sammanförde eller skilde åt registreringar av personen',
    'sammanföra eller skilja åt registreringar',
  ),
  'representative.read': read('uppgifter om företrädare'),
  'representative.register': registered('en företrädare'),
  'representative.end': ended('ett företrädarskap'),
  'consent.read': read('samtycken'),
  'consent.record': registered('ett samtycke'),
  'consent.withdraw': words('återkallade ett samtycke', 'återkalla ett samtycke'),
  'consent.effect': read('vad som händer om ett samtycke återkallas'),
  'inability.record': words('dokumenterade att samtycke inte kan lämnas', 'dokumentera att samtycke inte kan lämnas'),
  'information.read': read('vilken information som har lämnats'),
  'information.record': words('dokumenterade att information har lämnats', 'dokumentera att information har lämnats'),
  'block.read': read('vilka uppgifter som är spärrade'),
  'block.set': words('spärrade uppgifter', 'spärra uppgifter'),
  'block.lift': lifted('en spärr'),
  'block.request-lift': words('begärde att en spärr hävs', 'begära att en spärr hävs'),
  'emergency.read': read('vilka nödöppningar som har gjorts'),
  'emergency.open': words('nödöppnade uppgifter', 'nödöppna uppgifter'),
  'emergency.close': ended('en nödöppning'),
  'care-relation.read': read('vilka vårdrelationer som finns'),
  'care-relation.register': registered('en vårdrelation'),
  'care-relation.end': ended('en vårdrelation'),
  'guardian-block.read': read('vilka vårdnadshavare som är blockerade'),
  'guardian-block.set': words('blockerade en vårdnadshavare', 'blockera en vårdnadshavare'),
  'guardian-block.lift': lifted('en blockering av en vårdnadshavare'),
  'unit-decision.read': read('enheters beslut om direktåtkomst'),
  'unit-decision.record': registered('ett beslut om direktåtkomst'),
  'unit-decision.end': ended('ett beslut om direktåtkomst'),
  'sealing.read': read('vilka uppgifter som är förseglade'),
  'sealing.set': words('förseglade uppgifter', 'försegla uppgifter'),
  'sealing.lift': lifted('en försegling'),
  'protection.read': read('uppgifter om skyddad identitet'),
  'protection.set': changed('uppgifter om skyddad identitet'),
  'protection.grant-access': words('gav någon rätt att se personen', 'ge någon rätt att se personen'),
  'protection.revoke-access': words('tog bort någons rätt att se personen', 'ta bort någons rätt att se personen'),
  'export.read': read('vilka utdrag som har begärts'),
  'export.ask': words('begärde ett utdrag', 'begära ett utdrag'),
  'export.answer': answered('en begäran om utdrag'),
  'export.take': words('tog ut ett utdrag', 'ta ut ett utdrag'),
  'existence.read': read('om det finns uppgifter hos andra'),
  'disclosure.read': read('vilka kopior som har lämnats ut'),
  'disclosure.make': words('lämnade ut en kopia', 'lämna ut en kopia'),
  'log.extract': read('åtkomstloggen'),
  'log.review': words('granskade åtkomstloggen', 'granska åtkomstloggen'),
  'log.record-review': words(
    'dokumenterade en granskning av åtkomstloggen',
    'dokumentera en granskning av åtkomstloggen',
  ),
  'retention.preview': read('vad som kan gallras'),
  'retention.run': words('gallrade uppgifter', 'gallra uppgifter'),
  'overview.read': read('översikten'),
  'plan.list': read('vilka planer som finns'),
  'plan.read': read('planen'),
  'plan.read-history': read('planens historik'),
  'plan.look-up': words('sökte fram planen', 'söka fram planen'),
  'plan.allowed-actions': read('vad som får göras i planen'),
  'sheet.print': words('skrev ut ett blad', 'skriva ut ett blad'),
  'sheet.read': words('läste blad', 'läsa blad'),
  'sheet.record': words(
    'antecknade att ett blad lämnats eller lästs upp',
    'anteckna att ett blad lämnats eller lästs upp',
  ),
  'plan.export': words('exporterade planen', 'exportera planen'),
  'plan.create': words('skapade en plan', 'skapa en plan'),
  'plan.change': changed('planen'),
  'plan.transition': changed('planens status'),
  'plan.add-content': wrote('i planen'),
  'content.change': changed('en uppgift i planen'),
  'content.sign': words('signerade en uppgift i planen', 'signera en uppgift i planen'),
  'content.disagree': wrote('en avvikande mening'),
  'step.add': words('lade till ett steg', 'lägga till ett steg'),
  'step.answer': answered('ett steg'),
  'step.change': changed('ett steg'),
  'step.report': words('rapporterade om ett steg', 'rapportera om ett steg'),
  'participant.answer': answered('en inbjudan till planen'),
  'commitment.answer': answered('ett löfte'),
  'commitment.judge': words('bedömde om ett löfte har hållits', 'bedöma om ett löfte har hållits'),
  'remark.write': wrote('en fråga eller kommentar'),
  'handover.offer': words('lämnade över ett steg eller uppdrag', 'lämna över ett steg eller uppdrag'),
  'handover.answer': answered('en överlämning'),
  'feedback.write': wrote('återkoppling till steget före'),
  'feedback.count': read('antalet återkopplingar'),
  'discharge.read': read('meddelanden om ett vårdtillfälle'),
  'discharge.list': read('ett meddelande om ett vårdtillfälle i enhetens lista'),
  'discharge.send': wrote('ett meddelande om ett vårdtillfälle'),
  'discharge.receive': words(
    'kvitterade ett meddelande om ett vårdtillfälle',
    'kvittera ett meddelande om ett vårdtillfälle',
  ),
  'agreement.propose': words('föreslog en överenskommelse', 'föreslå en överenskommelse'),
  'agreement.answer': answered('en överenskommelse'),
  'receipt.answer': answered('kvittot'),
  'work-list.read': read('ett steg i enhetens arbetslista'),
  'event.read': words('fick veta att något har hänt', 'få veta att något har hänt'),
  'finding.read': read('vad som har fallit mellan stolarna'),
  'finding.list': read('vad som har fallit mellan stolarna'),
  'finding.explain': words('förklarade något som fallit mellan stolarna', 'förklara något som fallit mellan stolarna'),
  'own-steps.read': read('de egna stegen'),
};

/** What an action is called when it is not in the list: by Inera's log activity alone. */
const BY_ACTIVITY: Readonly<Record<string, ActionWords>> = {
  Läsa: read('uppgifter'),
  Skriva: wrote('uppgifter'),
  Signera: words('signerade uppgifter', 'signera uppgifter'),
  Utskrift: words('skrev ut uppgifter', 'skriva ut uppgifter'),
  Vidimera: words('vidimerade uppgifter', 'vidimera uppgifter'),
  Radera: words('gallrade uppgifter', 'gallra uppgifter'),
  Nödöppning: words('nödöppnade uppgifter', 'nödöppna uppgifter'),
};

/** The words of an action; of one that this version does not know (an older log, a newer service) the activity's. */
export function actionWords(action: string, activity: string): ActionWords {
  return WORDS[action] ?? BY_ACTIVITY[activity] ?? words('behandlade uppgifter', 'behandla uppgifter');
}

/** Whether an action has words of its own. */
export function hasActionWords(action: string): boolean {
  return action in WORDS;
}

const DID: Readonly<Record<string, string>> = {
  Läsa: 'Läste',
  Skriva: 'Skrev',
  Signera: 'Signerade',
  Utskrift: 'Skrev ut',
  Vidimera: 'Vidimerade',
  Radera: 'Gallrade',
  Nödöppning: 'Nödöppnade',
};

/** Inera's log activity as something that was done. */
export function activityDone(activity: string): string {
  return DID[activity] ?? activity;
}
