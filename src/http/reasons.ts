import type { core } from 'zod';
import type { Words } from '../shared/problem.ts';

type Issue = core.$ZodIssue;

const MOST_VALUES_LISTED = 12;

const MISSING: Words = { sv: 'Fältet saknas.', en: 'The field is missing.' };
const WRONG_FORM: Words = { sv: 'Värdet har fel form.', en: 'The value has the wrong form.' };
const WRONG_VALUE: Words = { sv: 'Värdet är inte tillåtet.', en: 'The value is not allowed.' };

const TYPES: Readonly<Record<string, Words>> = {
  string: { sv: 'Ska vara text.', en: 'Must be text.' },
  number: { sv: 'Ska vara ett tal.', en: 'Must be a number.' },
  int: { sv: 'Ska vara ett heltal.', en: 'Must be a whole number.' },
  boolean: { sv: 'Ska vara true eller false.', en: 'Must be true or false.' },
  array: { sv: 'Ska vara en lista.', en: 'Must be a list.' },
  tuple: { sv: 'Ska vara en lista.', en: 'Must be a list.' },
  object: { sv: 'Ska vara ett objekt.', en: 'Must be an object.' },
  record: { sv: 'Ska vara ett objekt.', en: 'Must be an object.' },
  null: { sv: 'Ska vara null.', en: 'Must be null.' },
};

const FORMATS: Readonly<Record<string, Words>> = {
  uuid: { sv: 'Ska vara ett UUID.', en: 'Must be a UUID.' },
  email: { sv: 'Ska vara en e-postadress.', en: 'Must be an e-mail address.' },
  url: { sv: 'Ska vara en webbadress.', en: 'Must be a URL.' },
};

/** Tells a refinement or a transform's own issue what to say: `.refine(isEven, because('…', '…'))`. */
export function because(sv: string, en: string): { params: { reason: Words } } {
  return { params: { reason: { sv, en } } };
}

/**
 * Why a value was refused, in our own words. zod's messages are never used: several repeat what was sent. Figures and
 * lists come from the schema, so they cannot hold anything of the caller's.
 */
export function reasonOf(issue: Issue, missing: boolean): Words {
  if (missing) return MISSING;
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? WRONG_FORM;
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? WRONG_FORM;
    case 'not_multiple_of':
      return { sv: `Ska vara jämnt delbart med ${issue.divisor}.`, en: `Must be a multiple of ${issue.divisor}.` };
    case 'unrecognized_keys':
      return { sv: 'Fältet finns inte här.', en: 'There is no such field here.' };
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return issue.discriminator !== undefined && 'options' in issue ? oneOf(issue.options ?? []) : WRONG_FORM;
    case 'custom':
      return ownReason(issue.params) ?? WRONG_VALUE;
    default:
      return WRONG_VALUE;
  }
}

function oneOf(values: readonly unknown[]): Words {
  if (values.length === 0 || values.length > MOST_VALUES_LISTED) return WRONG_VALUE;
  const list = values.map(String).join(', ');
  return values.length === 1
    ? { sv: `Ska vara ${list}.`, en: `Must be ${list}.` }
    : { sv: `Ska vara något av: ${list}.`, en: `Must be one of: ${list}.` };
}

function tooBig(issue: core.$ZodIssueTooBig): Words {
  const most = issue.maximum;
  if (issue.origin === 'string')
    return { sv: `Får ha högst ${most} tecken.`, en: `May have at most ${most} characters.` };
  if (issue.origin === 'array') return { sv: `Får ha högst ${most} poster.`, en: `May have at most ${most} items.` };
  return issue.inclusive === false
    ? { sv: `Ska vara mindre än ${most}.`, en: `Must be less than ${most}.` }
    : { sv: `Får vara högst ${most}.`, en: `May be at most ${most}.` };
}

function tooSmall(issue: core.$ZodIssueTooSmall): Words {
  const least = issue.minimum;
  if (issue.origin === 'string') {
    return Number(least) === 1
      ? { sv: 'Får inte vara tomt.', en: 'May not be empty.' }
      : { sv: `Ska ha minst ${least} tecken.`, en: `Must have at least ${least} characters.` };
  }
  if (issue.origin === 'array')
    return { sv: `Ska ha minst ${least} poster.`, en: `Must have at least ${least} items.` };
  return issue.inclusive === false
    ? { sv: `Ska vara större än ${least}.`, en: `Must be greater than ${least}.` }
    : { sv: `Ska vara minst ${least}.`, en: `Must be at least ${least}.` };
}

function ownReason(params: Record<string, unknown> | undefined): Words | undefined {
  const reason = params?.reason;
  return typeof reason === 'object' && reason !== null && 'sv' in reason && 'en' in reason
    ? (reason as Words)
    : undefined;
}
