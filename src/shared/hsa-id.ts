/** `SE`, ten digits (the organisation number), a hyphen and ASCII letters or digits; the length is checked apart. */
const FORM = /^SE\d{10}-[A-Z0-9]+$/i;
const MAX_LENGTH = 31;

/**
 * Reads an HSA-id as registers, tokens and people write it and gives the one form that is stored and compared:
 * upper case, since HSA-ids are compared without regard to case. Two spellings of one id give equal strings.
 *
 * Refused (undefined): anything over 31 characters, surrounding white space, and the letters å, ä, ö and the
 * sign @ that the format shuts out (HSA-id format, reference facts S9d). The organisation number's check digit is
 * not verified: test ids of national services have the number 0000000000.
 */
export function normalizeHsaId(text: string): string | undefined {
  // Length first, so that a megabyte of text never reaches the pattern.
  return text.length <= MAX_LENGTH && FORM.test(text) ? text.toUpperCase() : undefined;
}
