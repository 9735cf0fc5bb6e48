import { normalizeHsaId } from '../../shared/hsa-id.ts';
import { type InvalidParameter, wrong } from '../../shared/problem.ts';
import { ALIASES, SYSTEMS } from '../mapping/systems.ts';
import { searchParameterInvalid, searchParameterUnknown } from '../problems.ts';
import { dateCriterion } from './dates.ts';
import { identifiersOf, type Parameter, type Token } from './parameter.ts';

/** One criterion as it was sent: `status:not=completed,failed`. */
export interface Sent {
  readonly name: string;
  readonly modifier?: string;
  readonly value: string;
}

export type Test<R> = (resource: R) => boolean;

/** Splits at commas that are not escaped, and takes the escapes away. */
export function alternatives(value: string): string[] {
  return value.split(/(?<!\\),/).map((one) => one.replace(/\\([\\,|$])/g, '$1'));
}

function tokenTest(value: string): (token: Token) => boolean {
  const bar = value.indexOf('|');
  if (bar < 0) return (token) => token.code === value;
  const sent = value.slice(0, bar);
  const system = ALIASES[sent] ?? sent;
  const code = value.slice(bar + 1);
  if (system === '') return (token) => token.system === undefined && token.code === code;
  return (token) => token.system === system && (code === '' || token.code === code);
}

/** A reference as it may be sent: an id, `Type/id`, or an address that ends so. */
export function referenceTail(value: string, target: string): string {
  const tail = value.split('/').slice(-2).join('/');
  return tail.includes('/') ? tail : `${target}/${tail}`;
}

function refuse(name: string, sv: string, en: string): never {
  const invalid: InvalidParameter = wrong(name, sv, en);
  throw searchParameterInvalid({ invalidParameters: [invalid] });
}

/** `:missing=true` finds what has no value there, `false` what has one (R4 search.html#modifiers). */
function missingTest<R>(parameter: Parameter<R>, name: string, value: string): Test<R> {
  if (value !== 'true' && value !== 'false') refuse(name, 'Ska vara true eller false.', 'Must be true or false.');
  const isThere = (one: R): boolean => {
    if (parameter.type === 'token') return parameter.tokens(one).some(({ code }) => code !== '');
    const values = parameter.type === 'date' ? parameter.ranges(one) : parameter.references(one);
    return values.length > 0;
  };
  return (one) => isThere(one) !== (value === 'true');
}

const MODIFIERS = { token: ['not'], reference: ['identifier'], date: [] } as const;

/** HSA-ids are one whatever their case, with or without the system. */
function identifierTest(value: string): (token: Token) => boolean {
  const bar = value.indexOf('|');
  const hsaId = normalizeHsaId(value.slice(bar + 1));
  const system = value.slice(0, Math.max(bar, 0));
  const isHsa = hsaId !== undefined && (bar < 0 || (ALIASES[system] ?? system) === SYSTEMS.hsaId);
  return tokenTest(isHsa ? `${SYSTEMS.hsaId}|${hsaId}` : value);
}

function referenceTest<R>(
  parameter: Extract<Parameter<R>, { readonly type: 'reference' }>,
  modifier: string | undefined,
  wanted: readonly string[],
): Test<R> {
  if (modifier === 'identifier') {
    const tests = wanted.map(identifierTest);
    const found = (reference: fhir4.Reference) =>
      identifiersOf(reference).some((token) => tests.some((test) => test(token)));
    return (one) => parameter.references(one).some(found);
  }
  const tails = new Set(wanted.map((one) => referenceTail(one, parameter.target)));
  return (one) => parameter.references(one).some(({ reference }) => reference !== undefined && tails.has(reference));
}

/**
 * The question that one criterion puts to a resource.
 *
 * @throws searchParameterInvalid for a date that cannot be read and a modifier that is not known: either would otherwise
 *   give another answer than was asked for, without saying so
 */
export function testOf<R>(parameter: Parameter<R>, { name, modifier, value }: Sent): Test<R> {
  if (modifier === 'missing') return missingTest(parameter, name, value);
  const known: readonly string[] = MODIFIERS[parameter.type];
  const allowed = parameter.type === 'reference' ? [...known, parameter.target] : known;
  if (modifier !== undefined && !allowed.includes(modifier)) {
    refuse(name, `Modifieraren stöds inte för ${name}.`, `The modifier is not supported for ${name}.`);
  }
  const wanted = alternatives(value);
  switch (parameter.type) {
    case 'token': {
      const tests = wanted.map(tokenTest);
      const any = (one: R) => parameter.tokens(one).some((token) => tests.some((test) => test(token)));
      return modifier === 'not' ? (one) => !any(one) : any;
    }
    case 'reference':
      return referenceTest(parameter, modifier, wanted);
    case 'date': {
      const tests = wanted.map(
        (one) => dateCriterion(one) ?? refuse(name, 'Datumet går inte att läsa.', 'The date cannot be read.'),
      );
      return (one) => parameter.ranges(one).some((range) => tests.some((test) => test(range)));
    }
  }
}

/** Those of the criteria that these parameters judge; the others say whose or which is read, and are no tests. */
export function testsAmong<R>(
  parameters: Readonly<Record<string, Parameter<R>>>,
  criteria: readonly Sent[],
): Test<R>[] {
  return criteria.flatMap((one) => (parameters[one.name] ? [testOf(parameters[one.name]!, one)] : []));
}

/**
 * For searches that put their own questions: a modifier that they do not know would give another answer than was asked for.
 *
 * @param known by parameter, the modifiers that it takes; none unless said
 * @throws searchParameterInvalid
 */
export function refuseModifiers(
  criteria: readonly Sent[],
  known: Readonly<Record<string, readonly string[]>> = {},
): void {
  for (const { name, modifier } of criteria) {
    if (modifier === undefined || known[name]?.includes(modifier)) continue;
    refuse(name, `Modifieraren stöds inte för ${name}.`, `The modifier is not supported for ${name}.`);
  }
}

/** Says of a criterion that nothing here knows it; only for a client that asked to be told. */
export function refuseUnknown(names: readonly string[]): void {
  if (names.length === 0) return;
  const listed = names.map((name) =>
    wrong(name.slice(0, 60), 'Finns inte för den här resursen.', 'Is not known here.'),
  );
  throw searchParameterUnknown({ invalidParameters: listed });
}
