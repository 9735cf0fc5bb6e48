/** `040-628 04 11`, `0411-123 45`: an area code of two to four digits, a hyphen or a space or nothing, then the rest. */
const NATIONAL_PHONE = /^0[1-9]\d{0,2}[- ]?\d(?: ?\d){3,8}$/;
/** `+46 40-628 04 11`. */
const INTERNATIONAL_PHONE = /^\+[1-9]\d{0,2}[- ]?\d(?:[- ]?\d){5,12}$/;
/** `112`, `1177`, `113 13`, `116 117`. */
const SHORT_PHONE = /^11\d(?: ?\d{1,3})?$/;
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const LONGEST_EMAIL = 254;
const LONGEST_URL = 2000;

/**
 * Whether a text is a telephone number as a person dials it in Sweden: national with its area code, international
 * with `+`, or one of the short numbers that begin with 11. Extensions and words are not.
 */
export function isPhone(text: string): boolean {
  if (text.length > 24) return false;
  if (SHORT_PHONE.test(text) || INTERNATIONAL_PHONE.test(text)) return true;
  const digits = text.replace(/\D/g, '').length;
  return NATIONAL_PHONE.test(text) && digits >= 7 && digits <= 11;
}

/** Whether a text is one e-mail address of everyday form (RFC 5321 lengths; no quoted local part, no display name). */
export function isEmail(text: string): boolean {
  return text.length <= LONGEST_EMAIL && EMAIL.test(text) && !text.includes('..');
}

/**
 * Whether a text is an address that a portal may turn into a link: https, with a host name, and without a user name
 * or password, which could make another site look like this one.
 */
export function isHttpsUrl(text: string): boolean {
  if (text.length > LONGEST_URL || !/^https:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.hostname.includes('.') && !url.username && !url.password;
}
