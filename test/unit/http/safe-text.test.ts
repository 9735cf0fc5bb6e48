import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../src/http/error-trace.ts';
import { dottedPath } from '../../../src/http/field-names.ts';
import { plainMessage } from '../../../src/http/log-options.ts';
import { safePath } from '../../../src/http/safe-path.ts';

const NUMBER = '192612049029';
const THING = `${'a'.repeat(26)}-${'b'.repeat(25)}a`;

describe('the path that a problem shows', () => {
  it.each([
    ['/v1/plans?limit=5', '/v1/plans'],
    [`/v1/plans/${THING}/steps`, `/v1/plans/${THING}/steps`],
    [`/fhir/R4/Patient/${NUMBER}`, '/fhir/R4/Patient/***'],
    ['/v1/patients/19261204-9029', '/v1/patients/***'],
    ['/v1/patients/261204+9029', '/v1/patients/***'],
    ['/v1/patients/Ester%20Ek', '/v1/patients/***'],
    ['/fhir/R4/CarePlan/$next-step', '/fhir/R4/CarePlan/$next-step'],
    ['/v1/plans#192612049029', '/v1/plans'],
  ])('of %s is %s', (url, path) => {
    expect(safePath(url)).toBe(path);
  });
});

describe('the name of a wrong field', () => {
  it('is the path when the schema could have given it, and a placeholder when somebody typed it', () => {
    expect(dottedPath(['steps', 0, 'agreedTime', 'start-at'], '(body)')).toBe('steps.0.agreedTime.start-at');
    expect(dottedPath([], '(body)')).toBe('(body)');
    for (const typed of [NUMBER, `p${NUMBER}`, 'två ord', '<script>', '', 'x'.repeat(60)]) {
      expect(dottedPath(['names', typed], '(body)')).toBe('names.(okänt fält)');
    }
  });
});

describe('a log message', () => {
  it('keeps plain words and loses numbers of persons, ids of things and quoted URLs', () => {
    expect(plainMessage('Server listening at http://127.0.0.1:3000')).toBe('Server listening at http://127.0.0.1:3000');
    for (const number of [NUMBER, '19261204-9029', '261204+9029', '198001TF0011']) {
      expect(plainMessage(`no ${number} here`)).toBe('no *** here');
    }
    expect(plainMessage(`lost ${THING}`)).toBe('lost ***');
    expect(plainMessage('in the "/v1/search?name=Ester" (GET) route')).toBe('in the "/…" (GET) route');
  });
});

describe('the trace of an error', () => {
  it('tells kind, codes and place, and no message, however deep the causes are', () => {
    const database = Object.assign(new Error(`Key (number)=(${NUMBER}) already exists`), {
      code: '23505',
      table: 'patients',
      constraint: 'patients_pkey',
      detail: NUMBER,
    });
    const outer = new TypeError(`Failed query: select $1\n    at ${NUMBER}\nparams: ${NUMBER}`, { cause: database });
    const trace = traceOf(outer);
    expect(trace.type).toBe('TypeError');
    expect(trace.stack).toContain('safe-text.test.ts');
    expect(trace.cause).toMatchObject({ type: 'Error', code: '23505', table: 'patients', constraint: 'patients_pkey' });
    expect(JSON.stringify(trace)).not.toContain(NUMBER);
  });

  it('lets no value pass for a code or a name', () => {
    const strange = { name: NUMBER, code: NUMBER, table: `${NUMBER} x`, message: NUMBER, stack: NUMBER };
    expect(JSON.stringify(traceOf(strange))).not.toContain(NUMBER);
    expect(traceOf(NUMBER).type).toBe('string');
    expect(traceOf(null).type).toBe('object');
  });
});
