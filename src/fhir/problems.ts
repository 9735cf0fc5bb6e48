import { defineProblem, Problem } from '../shared/problem.ts';

/** Refusals that only the FHIR door gives. */

export const fhirVersionNotSupported = defineProblem({
  code: 'fhir-version-not-supported',
  kind: 'not-acceptable',
  title: { sv: 'Här talas en annan version av FHIR', en: 'Another version of FHIR is spoken here' },
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

export const resourceInvalid = defineProblem({
  code: 'resource-invalid',
  kind: 'invalid',
  title: { sv: 'Resursen är inte giltig FHIR R4', en: 'The resource is not valid FHIR R4' },
});

/** Well-formed, but it holds what cannot be taken in, or changes what is set by the service. */
export const resourceNotTaken = defineProblem({
  code: 'resource-not-taken',
  kind: 'unprocessable',
  title: { sv: 'Resursen kan inte tas emot som den är', en: 'The resource cannot be taken in as it is' },
});

/** Another type, or another id, than the address names. */
export const resourceNotAsAddress = defineProblem({
  code: 'resource-not-as-address',
  kind: 'invalid',
  title: { sv: 'Resursen stämmer inte med adressen', en: 'The resource does not match the address' },
});

export const ifNoneExistInvalid = defineProblem({
  code: 'if-none-exist-invalid',
  kind: 'invalid',
  title: {
    sv: 'If-None-Exist ska vara identifier=system|värde',
    en: 'If-None-Exist must be identifier=system|value',
  },
});

export const patchInvalid = defineProblem({
  code: 'patch-invalid',
  kind: 'invalid',
  title: { sv: 'Ändringen är inte giltig JSON Patch', en: 'The change is not a valid JSON Patch' },
});

export const patchFailed = defineProblem({
  code: 'patch-failed',
  kind: 'unprocessable',
  title: { sv: 'Ändringen går inte att göra i resursen', en: 'The change cannot be made in the resource' },
});

export const bundleInvalid = defineProblem({
  code: 'bundle-invalid',
  kind: 'invalid',
  title: { sv: 'Bunten går inte att behandla', en: 'The bundle cannot be processed' },
});

export const bundleTooLarge = defineProblem({
  code: 'bundle-too-large',
  kind: 'too-large',
  title: { sv: 'Bunten har för många poster', en: 'The bundle has too many entries' },
});

/** For a look-up that may find nothing: a not-found becomes undefined, and every other error goes on. */
export function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof Problem && error.definition.code === 'not-found') return undefined;
  throw error;
}
