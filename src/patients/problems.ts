import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en } });
}

// ---------------------------------------------------------------- 403: another actor may do it

export const relatedPersonNotYours = refusal(
  'forbidden',
  'related-person-not-yours',
  'Bara den vårdgivare eller omsorgsgivare som har skrivit uppgiften kan ändra den',
  'Only the provider that has written this can change it',
);

// ---------------------------------------------------------------- 409: another state would allow it

/** Says nothing of who holds it: whoever needs to know searches, which leaves a log entry. */
export const personNumberTaken = refusal(
  'conflict',
  'person-number-taken',
  'Numret hör redan till en registrerad person',
  'The number already belongs to a registered person',
);
export const alreadyDeceased = refusal(
  'conflict',
  'already-deceased',
  'Personen är redan registrerad som avliden',
  'The person is already registered as deceased',
);
export const notDeceased = refusal(
  'conflict',
  'not-deceased',
  'Personen är inte registrerad som avliden',
  'The person is not registered as deceased',
);
export const relatedPersonEnded = refusal(
  'conflict',
  'related-person-ended',
  'Relationen är redan avslutad',
  'The relation has already ended',
);
export const alreadySamePerson = refusal(
  'conflict',
  'already-same-person',
  'De två är redan sammanförda till en person',
  'The two are joined to one person already',
);
export const joinedElsewhere = refusal(
  'conflict',
  'joined-elsewhere',
  'Den som ska sammanföras är redan sammanförd med någon annan; skilj dem åt först',
  'The person to join is joined to somebody else already; part them first',
);
export const joinNeedsLesserNumber = refusal(
  'conflict',
  'join-needs-lesser-number',
  'Bara den som har reservnummer, eller samordningsnummer när den andra har personnummer, kan sammanföras med en annan',
  'Only one with a reserve number, or a coordination number when the other has a personal number, can be joined',
);
export const bothHaveLeadPlan = refusal(
  'conflict',
  'both-have-lead-plan',
  'Båda har en aktiv samlad plan; avsluta den ena först',
  'Both have an active lead plan; close one of them first',
);
export const alreadyParted = refusal(
  'conflict',
  'already-parted',
  'De två är redan skilda åt igen',
  'The two have already been parted again',
);

// ---------------------------------------------------------------- 422: could never succeed

export const datesOutOfOrder = refusal(
  'unprocessable',
  'dates-out-of-order',
  'Slutet ligger före början',
  'The end is before the beginning',
);
export const deathNotPossible = refusal(
  'unprocessable',
  'death-not-possible',
  'Dagen ligger i framtiden eller före födelsen',
  'The day is in the future or before birth',
);
export const contactNeedsContradict = refusal(
  'unprocessable',
  'contact-needs-contradict',
  'Uppgifterna om kontakt säger emot varandra',
  'The contact needs contradict one another',
);
export const guardianOfAdult = refusal(
  'unprocessable',
  'guardian-of-adult',
  'Den som har fyllt 18 år har ingen vårdnadshavare',
  'Who is 18 or older has no guardian',
);
export const proxyOfChild = refusal(
  'unprocessable',
  'proxy-of-child',
  'Bara en vuxen kan välja ett ombud',
  'Only an adult can choose a proxy',
);
export const decisionReferenceMissing = refusal(
  'unprocessable',
  'decision-reference-missing',
  'En legal företrädare anges med beslutets beteckning',
  "A legal representative is given with the decision's reference",
);
export const relatedToSelf = refusal(
  'unprocessable',
  'related-to-self',
  'Ingen är närstående till sig själv',
  'Nobody is their own related person',
);
export const joinWithSelf = refusal(
  'unprocessable',
  'join-with-self',
  'Ingen kan sammanföras med sig själv',
  'Nobody can be joined with themselves',
);
export const personToJoinUnknown = refusal(
  'unprocessable',
  'person-to-join-unknown',
  'Den som ska sammanföras finns inte',
  'The person to join does not exist',
);
