import { Problem, wrong } from '../../shared/problem.ts';
import type { InFault, InFaultCode } from '../mapping/in/faults.ts';
import { isWritable, type Writable, type WritableType } from '../mapping/in/writable.ts';
import { resourceInvalid, resourceNotAsAddress, resourceNotTaken } from '../problems.ts';
import { checkResource, type Fault } from '../validation/check.ts';

type IssueType = fhir4.OperationOutcomeIssue['code'];

const ISSUE_OF_FAULT: Readonly<Record<Fault['code'] | InFaultCode, IssueType>> = {
  structure: 'structure',
  required: 'required',
  value: 'value',
  'code-invalid': 'code-invalid',
  extension: 'extension',
  invalid: 'value',
  'not-held': 'not-supported',
  'read-only': 'business-rule',
  reference: 'not-found',
};

type AnyFault = Fault | InFault;

/** Faults as one refusal that names each by its place, with the issue type that FHIR has for it. */
export function refusalOf(faults: readonly AnyFault[], make: typeof resourceInvalid): Problem {
  return make({
    invalidParameters: faults.map(({ expression, sv, en }) => wrong(expression, sv, en)),
    extra: { issueCodes: faults.map(({ code }) => ISSUE_OF_FAULT[code]) },
  });
}

/**
 * A sent resource of the type that its address names, judged by R4's own rules.
 *
 * @throws resource-not-as-address, resource-invalid (400) naming every element that is wrong
 */
export function judged<T extends WritableType>(sent: unknown, type: T, path?: string) {
  const named = (sent as { readonly resourceType?: unknown } | null)?.resourceType;
  if (typeof named === 'string' && (named !== type || !isWritable(named))) {
    throw resourceNotAsAddress({
      invalidParameters: [wrong(path ?? 'Resource.resourceType', `Ska vara ${type}`, `Must be ${type}`)],
    });
  }
  const faults = checkResource(sent, path);
  if (faults.length > 0) throw refusalOf(faults, resourceInvalid);
  return sent as Extract<Writable, { resourceType: T }>;
}

/** Whether a client would rather have what can be held than nothing. */
export function isLenient(prefer: string | undefined): boolean {
  return /(?:^|[;,\s])handling\s*=\s*lenient(?:$|[;,\s])/i.test(prefer ?? '');
}

/**
 * Lets go of what cannot be held when the client would have it so, and gives it as warnings; else refuses.
 *
 * @throws resource-not-taken (422) naming every element that cannot be taken in
 */
export function demandTaken(faults: readonly InFault[], lenient: boolean): readonly InFault[] {
  const fatal = lenient ? faults.filter(({ code }) => code !== 'not-held') : faults;
  if (fatal.length > 0) throw refusalOf(fatal, resourceNotTaken);
  return faults;
}

/** Elements that were let go, as warnings of an outcome. */
export function warningsOf(faults: readonly InFault[]): fhir4.OperationOutcomeIssue[] {
  return faults.map(({ code, expression, sv }) => ({
    severity: 'warning',
    code: ISSUE_OF_FAULT[code],
    details: { text: sv },
    expression: [expression],
  }));
}

/** The same refusal with its places under another one: an entry of a bundle. */
export function placedUnder(error: unknown, path: string): unknown {
  if (!(error instanceof Problem)) return error;
  const { invalidParameters = [] } = error.particulars;
  const named = invalidParameters.map((one) => ({ ...one, name: `${path}.${one.name}` }));
  const detail = error.particulars.detail ?? error.definition.title;
  const whole = { name: path, reason: detail };
  return new Problem(error.definition, {
    ...error.particulars,
    invalidParameters: named.length > 0 ? named : [whole],
  });
}
