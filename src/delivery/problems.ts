import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en } });
}

// ---------------------------------------------------------------- 400

export const eventCursorInvalid = refusal(
  'invalid',
  'event-cursor-invalid',
  'Markören är inte från det här systemets eget flöde',
  "The cursor is not from this system's own feed",
);

// ---------------------------------------------------------------- 409: another state would allow it

export const subscriptionState = refusal(
  'conflict',
  'subscription-state',
  'Prenumerationen är i ett läge där det inte går',
  'The subscription is in a state that does not allow it',
);
export const tooManySubscriptions = refusal(
  'conflict',
  'too-many-subscriptions',
  'Systemet har redan så många prenumerationer som det får ha',
  'The system already has as many subscriptions as it may have',
);

// ---------------------------------------------------------------- 422: could never be sent to

export const targetNotHttps = refusal(
  'unprocessable',
  'webhook-target-not-https',
  'Adressen ska börja med https:// och får inte ha användare, lösenord eller fragment',
  'The address must begin with https:// and have no user, password or fragment',
);
export const targetInternal = refusal(
  'unprocessable',
  'webhook-target-internal',
  'Adressen leder till den egna datorn eller till ett internt nät',
  'The address leads to this machine or to an internal network',
);
export const targetNotAllowed = refusal(
  'unprocessable',
  'webhook-target-not-allowed',
  'Adressen finns inte bland dem som händelser får skickas till',
  'The address is not among those that events may be sent to',
);
export const targetRedirects = refusal(
  'unprocessable',
  'webhook-target-redirects',
  'Mottagaren hänvisar till en annan adress; ange den adress som ska ta emot',
  'The receiver redirects; give the address that is to receive',
);
export const targetUnreachable = refusal(
  'unprocessable',
  'webhook-target-unreachable',
  'Ingen svarade på adressen i tid',
  'Nobody answered at the address in time',
);
export const nothingToReplay = refusal(
  'unprocessable',
  'nothing-to-replay',
  'Det finns inget sparat att skicka om från den punkten',
  'Nothing is kept to be sent again from that point',
);
