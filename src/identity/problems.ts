import { defineProblem } from '../shared/problem.ts';

/** No bearer token came with the request. */
export const tokenMissing = defineProblem({
  code: 'token-missing',
  kind: 'unauthenticated',
  title: { sv: 'Du är inte inloggad', en: 'You are not signed in' },
});

/**
 * The token is not one that this service takes. Why the signature or the issuer failed is not told; a claim that is
 * wrong in a token is named, without its value, in `extra.claim`.
 */
export const tokenInvalid = defineProblem({
  code: 'token-invalid',
  kind: 'unauthenticated',
  title: { sv: 'Inloggningen godtas inte', en: 'The sign-in is not accepted' },
});

export const tokenExpired = defineProblem({
  code: 'token-expired',
  kind: 'unauthenticated',
  title: { sv: 'Inloggningen har gått ut', en: 'The sign-in has expired' },
});

/** `extra.acrValues` says which levels of assurance would do. */
export const assuranceTooLow = defineProblem({
  code: 'assurance-too-low',
  kind: 'unauthenticated',
  title: { sv: 'Inloggningen är inte tillräckligt säker', en: 'The sign-in is not strong enough' },
});

/** The assignment (medarbetaruppdrag) chosen at sign-in is not for care; patientdatalagen lets no other in here. */
export const purposeNotAllowed = defineProblem({
  code: 'purpose-not-allowed',
  kind: 'unauthenticated',
  title: {
    sv: 'Uppdraget gäller inte vård och behandling',
    en: 'The assignment is not for care and treatment',
  },
});

/** The issuer's keys could not be fetched: nobody's fault who calls, and worth another try. */
export const issuerUnavailable = defineProblem({
  code: 'issuer-unavailable',
  kind: 'busy',
  title: { sv: 'Inloggningstjänsten svarar inte', en: 'The sign-in service does not answer' },
});
