import { defineProblem } from '../shared/problem.ts';

export { busy, forbidden, idempotencyMismatch, notFound, stale } from '../shared/problems.ts';

/**
 * The refusals that any door can give, whatever it serves. The file imports only `shared`, so that use cases may throw
 * them (`notFound`, `stale`) without knowing of the web.
 */

export const invalidRequest = defineProblem({
  code: 'invalid-request',
  kind: 'invalid',
  title: { sv: 'Begäran innehåller fel', en: 'The request contains errors' },
});

export const malformedJson = defineProblem({
  code: 'malformed-json',
  kind: 'invalid',
  title: { sv: 'Innehållet är inte giltig JSON i UTF-8', en: 'The body is not valid JSON in UTF-8' },
});

export const emptyBody = defineProblem({
  code: 'empty-body',
  kind: 'invalid',
  title: { sv: 'Innehåll saknas', en: 'The body is missing' },
});

export const malformedUrl = defineProblem({
  code: 'malformed-url',
  kind: 'invalid',
  title: { sv: 'Adressen går inte att läsa', en: 'The URL cannot be read' },
});

export const ifMatchMalformed = defineProblem({
  code: 'if-match-malformed',
  kind: 'invalid',
  title: { sv: 'If-Match har fel form', en: 'If-Match is malformed' },
});

export const idempotencyKeyMalformed = defineProblem({
  code: 'idempotency-key-malformed',
  kind: 'invalid',
  title: { sv: 'Idempotency-Key har fel form', en: 'Idempotency-Key is malformed' },
});

export const cursorInvalid = defineProblem({
  code: 'cursor-invalid',
  kind: 'invalid',
  title: { sv: 'Sidmarkören gäller inte här', en: 'The cursor is not valid here' },
});

export const actorNotAllowed = defineProblem({
  code: 'actor-not-allowed',
  kind: 'forbidden',
  title: {
    sv: 'Den här tjänsten är inte till för ditt slag av inloggning',
    en: 'This operation is not for your kind of sign-in',
  },
});

export const methodNotAllowed = defineProblem({
  code: 'method-not-allowed',
  kind: 'method-not-allowed',
  title: { sv: 'Metoden är inte tillåten på den här adressen', en: 'The method is not allowed on this URL' },
});

export const bodyTooLarge = defineProblem({
  code: 'body-too-large',
  kind: 'too-large',
  title: { sv: 'Innehållet är för stort', en: 'The body is too large' },
});

export const unsupportedMediaType = defineProblem({
  code: 'unsupported-media-type',
  kind: 'unsupported-media',
  title: { sv: 'Innehållets format stöds inte', en: 'The media type of the body is not supported' },
});

export const idempotencyKeyRequired = defineProblem({
  code: 'idempotency-key-required',
  kind: 'precondition-missing',
  title: { sv: 'Idempotency-Key saknas', en: 'Idempotency-Key is missing' },
});

export const preconditionRequired = defineProblem({
  code: 'precondition-required',
  kind: 'precondition-missing',
  title: { sv: 'If-Match saknas', en: 'If-Match is missing' },
});

export const tooManyRequests = defineProblem({
  code: 'too-many-requests',
  kind: 'too-many',
  title: { sv: 'För många anrop på kort tid', en: 'Too many requests in a short time' },
});

export const fault = defineProblem({
  code: 'fault',
  kind: 'fault',
  title: { sv: 'Något gick fel hos oss', en: 'Something went wrong on our side' },
});

export const timedOut = defineProblem({
  code: 'timed-out',
  kind: 'busy',
  title: { sv: 'Det tog för lång tid', en: 'It took too long' },
});
