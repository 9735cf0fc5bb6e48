import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string, law?: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en }, ...(law === undefined ? {} : { law }) });
}

// ---------------------------------------------------------------- 409: another state would allow it

export const alreadyEnded = refusal(
  'conflict',
  'already-ended',
  'Uppgiften gäller inte längre, så det finns inget att avsluta',
  'It no longer holds, so there is nothing to end',
);
export const blockAlreadyLifted = refusal(
  'conflict',
  'block-already-lifted',
  'Spärren är redan hävd eller har upphört',
  'The block has been lifted or has ended already',
  'lag 2022:913 2:3',
);
export const liftAlreadyAnswered = refusal(
  'conflict',
  'lift-already-answered',
  'Begäran om att häva spärren är redan besvarad',
  'The request to lift the block has been answered already',
  'lag 2022:913 3:5',
);
export const nothingToLift = refusal(
  'conflict',
  'nothing-to-lift',
  'Ingen av vårdgivarens spärrar döljer något för den enhet som begär det',
  "None of the provider's blocks hides anything from the unit that asks",
  'lag 2022:913 3:5',
);
export const protectionAsItIs = refusal(
  'conflict',
  'protection-as-it-is',
  'Skyddet är redan som det anges',
  'The protection is already as stated',
  'OSL 21:3, 22:1',
);
export const notProtected = refusal(
  'conflict',
  'not-protected',
  'Personen har inte skyddade personuppgifter',
  'The person has no protected identity',
  'OSL 21:3, 22:1',
);

export const notEverProtected = refusal(
  'conflict',
  'not-ever-protected',
  'Personen har inte och har inte haft skyddade personuppgifter: uppgifterna lämnas ut på vanligt sätt',
  'The person has no protected identity and has had none: what is to leave leaves in the usual ways',
  'OSL 21:3, 22:1',
);
export const exportAlreadyAnswered = refusal(
  'conflict',
  'export-already-answered',
  'Begäran är redan besvarad',
  'The request has been answered already',
  'OSL 21:3, 22:1',
);
export const exportLapsed = refusal(
  'conflict',
  'export-lapsed',
  'Begäran har förfallit: gör en ny',
  'The request has lapsed: make a new one',
  'OSL 21:3, 22:1',
);

// ---------------------------------------------------------------- 422: could never succeed

export const periodDates = refusal(
  'unprocessable',
  'period-dates',
  'Slutet ligger före början eller har redan passerat',
  'The end is before the beginning or has passed already',
);
export const blockDates = refusal(
  'unprocessable',
  'block-dates',
  'Spärrens slut ligger före dess början eller har redan passerat',
  'The end of the block is before its beginning or has passed already',
  'PDL 4:4; lag 2022:913 2:3',
);
export const blockUnitUnknown = refusal(
  'unprocessable',
  'block-unit-unknown',
  'Enheten eller vårdgivaren som spärren gäller finns inte i katalogen, eller hör inte ihop',
  'The unit or provider that the block is about is not in the directory, or they do not belong together',
  'PDL 4:4; lag 2022:913 2:3',
);
export const innerBlockNeedsUnit = refusal(
  'unprocessable',
  'inner-block-needs-unit',
  'En inre spärr gäller en enhets uppgifter och anger vilken',
  "An inner block is about one unit's data and says which",
  'PDL 4:4',
);
export const unitUnknown = refusal(
  'unprocessable',
  'unit-unknown',
  'Enheten eller vårdgivaren finns inte i katalogen',
  'The unit or provider is not in the directory',
  'PDL 4:2; lag 2022:913 4:3',
);
export const guardianUnknown = refusal(
  'unprocessable',
  'guardian-unknown',
  'Vårdnadshavaren är inte registrerad hos patienten',
  'The guardian is not registered with the patient',
  'FB 6:11; OSL 12:3',
);
export const relatedPersonUnknown = refusal(
  'unprocessable',
  'related-person-unknown',
  'Den närstående eller företrädaren är inte registrerad hos patienten',
  'The related person is not registered with the patient',
  'OSL 21:3, 22:1',
);
export const notOfThatAge = refusal(
  'unprocessable',
  'not-of-that-age',
  'Patientens ålder medger inte beslutet',
  "The patient's age does not allow the decision",
  'PDL 5:5; FB 6:11',
);
export const inabilityNeedsClarification = refusal(
  'unprocessable',
  'inability-needs-clarification',
  'Varaktig oförmåga kräver att inställningen klarlagts så långt det är möjligt och att inget talar för ett nej',
  'Lasting inability takes that the attitude was clarified as far as possible and nothing speaks for a no',
  'lag 2022:913 2:6, 3:3–4',
);
export const emergencyReasonMissing = refusal(
  'unprocessable',
  'emergency-reason-missing',
  'Nödöppning kräver ett skrivet skäl: vilken fara för liv eller hälsa',
  'Emergency access takes a written reason: which danger to life or health',
  'lag 2022:913 3:5–6',
);
export const emergencyNotLawful = refusal(
  'unprocessable',
  'emergency-not-lawful',
  'Nödöppning förutsätter att patientens samtycke inte kan inhämtas',
  'Emergency access takes that the consent of the patient cannot be obtained',
  'lag 2022:913 3:6',
);
export const emergencyTooLong = refusal(
  'unprocessable',
  'emergency-too-long',
  'Nödöppningen är längre än vad som är tillåtet',
  'The emergency access is longer than is allowed',
  'lag 2022:913 3:6; PDL 4:2',
);
export const accessNamesOne = refusal(
  'unprocessable',
  'access-names-one',
  'En rad i listan anger en person i personalen, ett system eller en närstående',
  'An entry of the list names one member of staff, one system or one related person',
  'OSL 21:3, 22:1',
);
