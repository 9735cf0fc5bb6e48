import { defineProblem } from '../shared/problem.ts';

/** Refusals that only the FHIR door gives. */

export const fhirVersionNotSupported = defineProblem({
  code: 'fhir-version-not-supported',
  kind: 'not-acceptable',
  title: { sv: 'Här talas bara FHIR R4', en: 'Only FHIR R4 is spoken here' },
});

export const fhirFormatNotSupported = defineProblem({
  code: 'fhir-format-not-supported',
  kind: 'not-acceptable',
  title: { sv: 'Svaret finns bara som JSON', en: 'The answer is only available as JSON' },
});

export const personNumberInUrl = defineProblem({
  code: 'person-number-in-url',
  kind: 'invalid',
  title: {
    sv: 'Personnummer får inte stå i en adress, använd POST _search',
    en: 'Personal identity numbers must not be in a URL, use POST _search',
  },
});

export const searchParameterUnknown = defineProblem({
  code: 'search-parameter-unknown',
  kind: 'invalid',
  title: { sv: 'Sökparametern finns inte här', en: 'There is no such search parameter here' },
});

export const searchParameterInvalid = defineProblem({
  code: 'search-parameter-invalid',
  kind: 'invalid',
  title: { sv: 'Sökparametern har fel form', en: 'The search parameter is malformed' },
});

export const searchAcrossPatients = defineProblem({
  code: 'search-across-patients',
  kind: 'forbidden',
  title: { sv: 'Sökningen ska gälla en enda patient', en: 'The search must be about one patient' },
});

/** The token was narrowed (SMART scopes) and does not cover this resource, or this person. */
export const outsideSmartScopes = defineProblem({
  code: 'outside-smart-scopes',
  kind: 'forbidden',
  title: {
    sv: 'Inloggningen är begränsad och omfattar inte detta',
    en: 'The sign-in is narrowed and does not cover this',
  },
});
