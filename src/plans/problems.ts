import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string, law?: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en }, ...(law === undefined ? {} : { law }) });
}

// ---------------------------------------------------------------- 403: another actor may do it

/** Whose act something is, by the domain's own rules; `who-may.ts` gives these as reasons, commands throw them. */
export const NOT_YOURS = {
  'step-not-yours': refusal(
    'forbidden',
    'step-not-yours',
    'En annan enhet ansvarar för steget just nu',
    'Another unit answers for this step now',
  ),
  'step-answer-not-yours': refusal(
    'forbidden',
    'step-answer-not-yours',
    'Bara den som tillfrågats kan svara ja eller nej till steget',
    'Only the one who was asked can accept or decline the step',
  ),
  'report-not-yours': refusal(
    'forbidden',
    'report-not-yours',
    'Bara den enhet som ansvarar för steget, eller patienten för egna steg, kan rapportera det',
    'Only the unit that answers for the step, or the patient for own steps, can report it',
  ),
  'planning-lead-only': refusal(
    'forbidden',
    'planning-lead-only',
    'Bara den planeringsansvariga enheten kan göra detta',
    'Only the planning lead can do this',
  ),
  'content-not-yours': refusal(
    'forbidden',
    'content-not-yours',
    'Bara den som har skrivit uppgiften kan ändra den',
    'Only the one who wrote this can change it',
  ),
  'promise-not-yours': refusal(
    'forbidden',
    'promise-not-yours',
    'Bara den som lovar kan säga ja till löftet eller ändra det',
    'Only the one who promises can accept or change the promise',
  ),
  'judgement-not-yours': refusal(
    'forbidden',
    'judgement-not-yours',
    'Bara den som lovat, den som fått löftet eller den planeringsansvariga kan säga om löftet hållits',
    'Only the promiser, the one promised, or the planning lead can say whether the promise was kept',
  ),
  'participation-not-yours': refusal(
    'forbidden',
    'participation-not-yours',
    'Bara den inbjudna kan svara på inbjudan eller lämna planen',
    'Only the one invited can answer the invitation or leave the plan',
  ),
  'approval-for-another': refusal(
    'forbidden',
    'approval-for-another',
    'Du kan inte godkänna åt en annan enhet; anteckna svaret som återberättat i stället',
    'You cannot approve for another unit; record the answer as reported instead',
  ),
  'responsibility-by-another': refusal(
    'forbidden',
    'responsibility-by-another',
    'Ingen kan göras ansvarig av någon annan',
    'No one can be made responsible by someone else',
  ),
  'contact-of-another-unit': refusal(
    'forbidden',
    'contact-of-another-unit',
    'Bara enheten själv kan utse en namngiven kontakt hos sig',
    'Only the unit itself can designate a named contact of its own',
  ),
  'handover-not-yours': refusal(
    'forbidden',
    'handover-not-yours',
    'Bara den enhet som har uppdraget kan lämna över det, och bara den som tillfrågas kan svara',
    'Only the unit that has the duty can hand it over, and only the one asked can answer',
  ),
  'feedback-not-yours': refusal(
    'forbidden',
    'feedback-not-yours',
    'Återkoppling ges av en enhet, besvaras av den som fick den och visas för patienten av den som skrev',
    'Feedback is given by a unit, answered by the one who got it and published by the one who wrote it',
  ),
  'receipt-side-not-yours': refusal(
    'forbidden',
    'receipt-side-not-yours',
    'Personalens svar ges av den huvudman som har det övergripande ansvaret',
    "The staff's answers are given by the principal with the overall responsibility",
  ),
  'answer-not-yours': refusal(
    'forbidden',
    'answer-not-yours',
    'Frågan besvaras av den enhet som ansvarar för det den gäller',
    'The question is answered by the unit that answers for what it is about',
  ),
  'assessment-by-health-care': refusal(
    'forbidden',
    'assessment-by-health-care',
    'Egenvårdsbedömningen görs av legitimerad personal i hälso- och sjukvården',
    'The self-care assessment is made by licensed staff in health care',
  ),
} as const;
export type NotYours = keyof typeof NOT_YOURS;

// ---------------------------------------------------------------- 409: another state would allow it

export const explanationNotOwed = refusal(
  'conflict',
  'explanation-not-owed',
  'Ingen förklaring väntar: planen vilar inte för att ett samtycke har upphört, eller patienten har redan fått veta',
  'No explanation is due: the plan does not rest because a consent ended, or the patient has been told',
);
export const planMoveNotAllowed = refusal(
  'conflict',
  'plan-transition-not-allowed',
  'Planen kan inte gå till den statusen från den den har',
  'The plan cannot go to that status from the one it has',
);
export const planClosed = refusal(
  'conflict',
  'plan-closed',
  'Planen är avslutad och kan inte ändras',
  'The plan is closed and cannot be changed',
);
export const otherLeadPlanActive = refusal(
  'conflict',
  'lead-plan-active',
  'Det finns redan en aktiv samlad plan; ange att den ersätts',
  'Another lead plan is active; name it as replaced',
);
export const replacedPlanNotActive = refusal(
  'conflict',
  'replaced-plan-not-active',
  'Den plan som ska ersättas är varken aktiv eller vilande',
  'The plan to be replaced is neither active nor on hold',
);
export const replacedPlanUnderOtherKey = refusal(
  'conflict',
  'replaced-plan-under-other-key',
  'Planerna skrevs innan personens nummer sammanfördes och kan inte ersätta varandra; skapa en ny plan som ersätter den',
  "The plans were written before the person's numbers were joined and cannot replace each other; make a new one that does",
);
export const sipGateUnmet = refusal(
  'conflict',
  'sip-gate-unmet',
  'Planen saknar något som en samordnad individuell plan måste ha',
  'The plan lacks something that a coordinated individual plan must have',
);
export const kindFixed = refusal(
  'conflict',
  'plan-kind-fixed',
  'Planens typ kan bara ändras innan den är aktiv',
  'The kind of a plan can only be changed before it is active',
);
export const stepMoveNotAllowed = refusal(
  'conflict',
  'step-transition-not-allowed',
  'Steget kan inte gå till det läget från det det har',
  'The step cannot go to that state from the one it has',
);
export const stepNotReportable = refusal(
  'conflict',
  'step-not-reportable',
  'Steget är inte i ett läge där det kan rapporteras',
  'The step is not in a state where it can be reported',
);
export const stepEnded = refusal(
  'conflict',
  'step-ended',
  'Steget är avslutat och kan inte ändras',
  'The step has ended and cannot be changed',
);
export const stepAlreadyAccepted = refusal(
  'conflict',
  'step-already-accepted',
  'Någon har redan tagit på sig steget; ansvaret byts genom överlämning eller ny överenskommelse',
  'The step is already accepted; responsibility passes by handover or by a new agreement',
);
export const selfCareAssessmentMissing = refusal(
  'conflict',
  'self-care-assessment-missing',
  'En hälso- och sjukvårdsåtgärd som patienten, en närstående eller socialtjänsten utför kräver en egenvårdsbedömning',
  'A health measure by the patient, a relative or social services requires a self-care assessment',
);
export const goalMoveNotAllowed = refusal(
  'conflict',
  'goal-transition-not-allowed',
  'Målet kan inte gå till det läget från det det har',
  'The goal cannot go to that state from the one it has',
);
export const commitmentMoveNotAllowed = refusal(
  'conflict',
  'commitment-transition-not-allowed',
  'Löftet kan inte gå till det läget från det det har',
  'The promise cannot go to that state from the one it has',
);
export const participantMoveNotAllowed = refusal(
  'conflict',
  'participant-transition-not-allowed',
  'Deltagandet kan inte gå till det läget från det det har',
  'The participation cannot go to that state from the one it has',
);
export const alreadyParticipant = refusal(
  'conflict',
  'already-participant',
  'Parten är redan inbjuden eller deltar',
  'The party is already invited or taking part',
);
export const sipPrincipalMustTakePart = refusal(
  'conflict',
  'sip-principal-must-take-part',
  'En huvudman kan inte avböja en samordnad individuell plan, bara ange vilken enhet som deltar',
  'A principal cannot decline a coordinated individual plan, only name which unit takes part',
);
export const contactMoveNotAllowed = refusal(
  'conflict',
  'contact-transition-not-allowed',
  'Kontakten kan inte gå till det läget från det den har',
  'The contact cannot go to that state from the one it has',
);
export const secondDoctorContact = refusal(
  'conflict',
  'second-fast-lakarkontakt',
  'Det finns redan en fast läkarkontakt; avsluta den först',
  'There is already a fast läkarkontakt; end it first',
);
export const primaryMustBeDesignated = refusal(
  'conflict',
  'primary-contact-not-designated',
  'Bara en utsedd kontakt kan vara den man vänder sig till först',
  'Only a designated contact can be the primary one',
);
export const nothingToAgree = refusal(
  'conflict',
  'nothing-to-agree',
  'Planen har inga steg, löften eller mål att komma överens om',
  'The plan has no steps, promises or goals to agree on',
);
export const agreementSuperseded = refusal(
  'conflict',
  'agreement-superseded',
  'Versionen av överenskommelsen har ersatts av en nyare',
  'This version of the agreement has been superseded',
);
export const noPartsOfYours = refusal(
  'conflict',
  'no-own-parts',
  'Parten har ingen egen del i den här versionen av överenskommelsen',
  'The party has no part of its own in this version of the agreement',
);
export const followUpByHandover = refusal(
  'conflict',
  'follow-up-by-handover',
  'Vem som har en uppföljning byts genom överlämning: erbjud den, och vänta på att den andra enheten tar över',
  'Who has a follow-up changes by handover: offer it, and wait until the other unit takes over',
);
export const followUpDone = refusal(
  'conflict',
  'follow-up-done',
  'Uppföljningen är redan gjord',
  'The follow-up has already been done',
);
export const inError = refusal(
  'conflict',
  'entered-in-error',
  'Uppgiften är markerad som felaktigt införd och kan inte ändras',
  'This is marked as entered in error and cannot be changed',
);

// ---------------------------------------------------------------- 422: could never succeed

export const unknownReference = refusal(
  'unprocessable',
  'unknown-reference',
  'En uppgift hänvisar till något som inte finns i planen',
  'Something refers to what is not in the plan',
);
export const partyNotAsRegistered = refusal(
  'unprocessable',
  'party-not-as-registered',
  'Parten stämmer inte med katalogen',
  'The party does not agree with the directory',
);
export const orderCircle = refusal(
  'unprocessable',
  'step-order-circle',
  'Stegen går i cirkel: ett steg kan inte komma före sig självt',
  'The steps form a circle: a step cannot precede itself',
);
export const timeNotInOrder = refusal(
  'unprocessable',
  'time-not-in-order',
  'Tiderna går inte ihop',
  'The times are not in order',
);
export const timeMissing = refusal(
  'unprocessable',
  'time-missing',
  'Ett bokat steg behöver en bokad tid',
  'A booked step needs a booked time',
);
export const reportInFuture = refusal(
  'unprocessable',
  'report-in-future',
  'En rapport kan inte gälla något som ännu inte har hänt',
  'A report cannot be about what has not happened yet',
);
export const unknownOccurrence = refusal(
  'unprocessable',
  'unknown-occurrence',
  'Rapporten anger inte ett av stegets tillfällen',
  "The report does not name one of the step's occurrences",
);
export const reportKeyReused = refusal(
  'unprocessable',
  'report-key-reused',
  'Samma nyckel har använts för en annan rapport',
  'The same key was used for another report',
);
export const reasonMissing = refusal('unprocessable', 'reason-missing', 'Ange varför', 'Say why');
export const dateMissing = refusal('unprocessable', 'date-missing', 'Ange när', 'Say when');
export const methodMissing = refusal(
  'unprocessable',
  'method-missing',
  'Ange hur svaret gavs: muntligt eller skriftligt',
  'Say how the answer was given: orally or in writing',
);
export const linkNotAllowed = refusal(
  'unprocessable',
  'link-not-allowed',
  'Bara länkar som börjar med https är tillåtna',
  'Only links that begin with https are allowed',
);
export const linkEmpty = refusal(
  'unprocessable',
  'link-empty',
  'En länk behöver en adress eller en referens',
  'A link needs an address or a reference',
);
export const notForThisKind = refusal(
  'unprocessable',
  'not-for-this-kind',
  'Uppgiften hör inte till det här slaget',
  'This does not belong with this kind',
);

export const searchNeedsPatient = refusal(
  'unprocessable',
  'search-needs-patient',
  'En sökning bland planer gäller en person; personer söks inte efter vad deras planer innehåller',
  'A search among plans is about one person; persons are not found by what their plans hold',
);

export const signatureNotNeeded = refusal(
  'unprocessable',
  'signature-not-needed',
  'Det som patienten eller en närstående har sagt signeras inte',
  'What the patient or a relative has said is not signed',
);

export const externalIdTaken = refusal(
  'conflict',
  'external-id-taken',
  'Källsystemets id används redan för något annat',
  "The source system's id is already used for something else",
);

export const disclosureReceiverUnknown = refusal(
  'unprocessable',
  'disclosure-receiver-unknown',
  'Mottagaren finns inte i katalogen',
  'The receiver is not in the directory',
  'OSL 10:1, 12:2',
);
export const disclosureOfNothing = refusal(
  'unprocessable',
  'disclosure-of-nothing',
  'Utlämnandet innehåller ingen uppgift',
  'The disclosure holds nothing',
  'PDL 3:11',
);
export const disclosureNotOwn = refusal(
  'unprocessable',
  'disclosure-not-own',
  'Bara egna uppgifter kan lämnas ut; andras lämnas ut av den som har skrivit dem',
  'Only own data can be disclosed; others disclose what they have written',
  'OSL 10:1, 25:1, 26:1; lag 2022:913 3:7',
);

// ---------------------------------------------------------------- handing over

export const nothingToHandOver = refusal(
  'conflict',
  'nothing-to-hand-over',
  'Bara ett accepterat steg, ett planeringsansvar i en öppen plan, en utsedd kontakt eller en uppföljning som återstår kan lämnas över',
  'Only an accepted step, the lead of an open plan, a designated contact or a follow-up to come can be handed over',
);
export const handoverConsentFallen = refusal(
  'conflict',
  'handover-consent-fallen',
  'Patientens samtycke till att planera tillsammans gäller inte längre för den som skulle ta över',
  "The patient's consent to plan together no longer holds for the one who was to take over",
  'HSL 16:4; SoL 2025:400 10:8',
);
export const handoverAlreadyOpen = refusal(
  'conflict',
  'handover-already-open',
  'Det finns redan en överlämning som inte är besvarad',
  'There is already a handover that has not been answered',
);
export const handoverMoveNotAllowed = refusal(
  'conflict',
  'handover-transition-not-allowed',
  'Överlämningen kan inte gå dit från där den är',
  'The handover cannot go there from where it is',
);
export const handoverOvertaken = refusal(
  'conflict',
  'handover-overtaken',
  'Den som lämnade över har inte längre uppdraget',
  'The one who handed over no longer has the duty',
);
export const handoverToOneself = refusal(
  'unprocessable',
  'handover-to-oneself',
  'En överlämning går till en annan enhet',
  'A handover goes to another unit',
);
export const handoverToClosedUnit = refusal(
  'unprocessable',
  'handover-to-closed-unit',
  'Den mottagande enheten är inte längre verksam',
  'The receiving unit is no longer active',
);
export const handoverNotInside = refusal(
  'unprocessable',
  'handover-not-inside',
  'Vidaresändning går till en annan enhet hos samma vårdgivare; lämna annars tillbaka',
  'Forwarding goes to another unit of the same provider; otherwise return it',
);
export const handoverNeedsPatientsYes = refusal(
  'unprocessable',
  'handover-needs-patients-yes',
  'En flytt till en annan region eller kommun kräver patientens ja',
  "Moving to another region or kommun takes the patient's yes",
);
export const feedbackToOneself = refusal(
  'unprocessable',
  'feedback-to-oneself',
  'Återkoppling går till en annan enhet',
  'Feedback goes to another unit',
);
