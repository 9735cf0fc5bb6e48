import type { FastifyRequest } from 'fastify';
import { wrong } from '../../shared/problem.ts';
import { searchParameterInvalid } from '../problems.ts';
import { refuseUnknown, type Sent } from './criteria.ts';
import type { Order } from './sorts.ts';
import type { Subset } from './subset.ts';

const DEFAULT_COUNT = 50;
const MOST_PER_PAGE = 200;
const MOST_CRITERIA = 50;
const MOST_ORDERS = 4;

/** How a search is to be answered, beside what it looks for. */
export interface SearchRequest {
  readonly criteria: readonly Sent[];
  readonly includes: readonly Sent[];
  readonly reverse: readonly Sent[];
  /** The first decides, the next between equals; none of them unknown. */
  readonly sort: readonly Order[];
  readonly count: number;
  readonly cursor?: string;
  /** Only how many there are, by `_summary=count` or `_count=0`. */
  readonly countOnly: boolean;
  readonly subset: Subset;
  /** False when the client does not care how many there are. */
  readonly total: boolean;
}

function pairsOf(request: FastifyRequest): [string, string][] {
  const at = request.url.indexOf('?');
  const query = [...new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))];
  const body = request.method === 'POST' && request.body instanceof URLSearchParams ? [...request.body] : [];
  return [...query, ...body];
}

function sentOf([name, value]: [string, string]): Sent {
  const colon = name.indexOf(':');
  return colon < 0 ? { name, value } : { name: name.slice(0, colon), modifier: name.slice(colon + 1), value };
}

function countOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_COUNT;
  if (/^\d{1,6}$/.test(text)) return Math.min(Number(text), MOST_PER_PAGE);
  throw searchParameterInvalid({
    invalidParameters: [wrong('_count', 'Ska vara ett heltal.', 'Must be a whole number.')],
  });
}

/** `_sort=-date,status`: each with a minus for the other direction. */
function ordersIn(text: string | undefined): Order[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  const orders = names
    .filter(Boolean)
    .map((name) => ({ name: name.replace(/^-/, ''), descending: name.startsWith('-') }));
  if (orders.length <= MOST_ORDERS) return orders;
  throw searchParameterInvalid({
    invalidParameters: [wrong('_sort', `Högst ${MOST_ORDERS} i följd.`, `At most ${MOST_ORDERS} in a row.`)],
  });
}

const PRESENTATION = ['_format', '_pretty', '_total', '_elements', '_summary'];
const TOTALS: ReadonlySet<string> = new Set(['none', 'estimate', 'accurate']);
const SUMMARIES: ReadonlySet<string> = new Set(['true', 'text', 'data', 'count', 'false']);
const ELEMENT = /^[A-Za-z]{1,40}$/;

function subsetFrom(elements: string | undefined, summary: string | undefined): Subset {
  const names = elements?.split(',').map((name) => name.trim().split('.').at(-1)!);
  const named = names?.filter((name) => ELEMENT.test(name));
  if (named && named.length > 0) return { elements: named };
  return summary === 'true' || summary === 'text' || summary === 'data' ? { summary } : {};
}

/** What has been asked of a search: strictly when the client wants to be told of what is not known. */
export function isStrict(request: FastifyRequest): boolean {
  return /\bhandling\s*=\s*strict\b/i.test(String(request.headers.prefer ?? ''));
}

/**
 * Reads what a search asks for, from the address and, for `POST _search`, the body. An empty parameter is passed over.
 *
 * @param known the names of what the type can be searched by
 * @throws searchParameterUnknown under `Prefer: handling=strict`; searchParameterInvalid
 */
export function readSearch(
  request: FastifyRequest,
  known: ReadonlySet<string>,
  sorts: ReadonlySet<string>,
  links: { readonly includes: ReadonlySet<string>; readonly reverse: ReadonlySet<string> },
): SearchRequest {
  const sent = pairsOf(request)
    .map(sentOf)
    .filter(({ value }) => value !== '');
  if (sent.length > MOST_CRITERIA) {
    throw searchParameterInvalid({ detail: { sv: 'För många sökparametrar.', en: 'Too many search parameters.' } });
  }
  const named = (name: string) => sent.filter((one) => one.name === name);
  const last = (name: string) => named(name).at(-1)?.value;
  const ordered = ordersIn(last('_sort'));
  const sort = ordered.filter(({ name }) => sorts.has(name));
  const followable = (names: ReadonlySet<string>) => (one: Sent) => names.has(one.value) || one.value === '*';
  const includes = named('_include').filter(followable(links.includes));
  const reverse = named('_revinclude').filter(followable(links.reverse));
  const criteria = sent.filter((one) => known.has(one.name));
  if (isStrict(request)) {
    const handled = new Set([...known, ...PRESENTATION, '_include', '_revinclude', '_count', '_sort', '_cursor']);
    const unknown = sent.filter((one) => !handled.has(one.name)).map(({ name }) => name);
    if (includes.length < named('_include').length) unknown.push('_include');
    if (reverse.length < named('_revinclude').length) unknown.push('_revinclude');
    if (sort.length < ordered.length) unknown.push('_sort');
    if (!SUMMARIES.has(last('_summary') ?? 'false')) unknown.push('_summary');
    if (!TOTALS.has(last('_total') ?? 'none')) unknown.push('_total');
    refuseUnknown(unknown);
  }
  const count = countOf(last('_count'));
  return {
    criteria,
    includes,
    reverse,
    sort,
    count,
    cursor: last('_cursor'),
    countOnly: count === 0 || last('_summary') === 'count',
    subset: subsetFrom(last('_elements'), last('_summary')),
    total: last('_total') !== 'none',
  };
}

/** The search as the answer repeats it: only what was understood, and never a number that tells who somebody is. */
export function selfParameters(search: SearchRequest): URLSearchParams {
  const shown = new URLSearchParams();
  for (const { name, modifier, value } of [...search.criteria, ...search.includes, ...search.reverse]) {
    shown.append(modifier === undefined ? name : `${name}:${modifier}`, value);
  }
  const orders = search.sort.map(({ name, descending }) => (descending ? `-${name}` : name));
  if (orders.length > 0) shown.append('_sort', orders.join(','));
  const { elements, summary } = search.subset;
  if (elements) shown.append('_elements', elements.join(','));
  if (summary) shown.append('_summary', summary);
  else if (search.countOnly && search.count > 0) shown.append('_summary', 'count');
  if (!search.total) shown.append('_total', 'none');
  if (search.count !== DEFAULT_COUNT) shown.append('_count', String(search.count));
  return shown;
}
