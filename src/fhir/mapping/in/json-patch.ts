import { isSame } from '../../../plans/domain/same.ts';
import { wrong } from '../../../shared/problem.ts';
import { patchFailed, patchInvalid } from '../../problems.ts';

/** One step of a JSON Patch (RFC 6902). */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

type Holder = Record<string, unknown> | unknown[];

const OPS: ReadonlySet<string> = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const MOST_OPERATIONS = 200;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

function invalid(i: number, sv: string, en: string) {
  return patchInvalid({ invalidParameters: [wrong(`Patch[${i}]`, sv, en)] });
}

function failed(i: number, sv: string, en: string) {
  return patchFailed({ invalidParameters: [wrong(`Patch[${i}]`, sv, en)] });
}

function readOperation(sent: unknown, i: number): Operation {
  const { op, path, from } = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<Operation>;
  if (typeof op !== 'string' || !OPS.has(op)) throw invalid(i, 'op finns inte', 'There is no such op');
  if (typeof path !== 'string' || !POINTER.test(path)) throw invalid(i, 'path är ingen sökväg', 'path is no pointer');
  const needsFrom = op === 'move' || op === 'copy';
  if (needsFrom && (typeof from !== 'string' || !POINTER.test(from)))
    throw invalid(i, 'from saknas', 'from is missing');
  const needsValue = op === 'add' || op === 'replace' || op === 'test';
  if (needsValue && !Object.hasOwn(sent as object, 'value')) throw invalid(i, 'value saknas', 'value is missing');
  return sent as Operation;
}

function keysOf(pointer: string, i: number): string[] {
  const keys = pointer.split('/').slice(1);
  const read = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (read.some((key) => FORBIDDEN.has(key))) throw invalid(i, 'path är ingen sökväg', 'path is no pointer');
  return read;
}

/** One document that is being changed; each operation sees what those before it have done. */
class Patching {
  #root: unknown;
  readonly #i: number;

  constructor(root: unknown, i: number) {
    this.#root = root;
    this.#i = i;
  }

  get root(): unknown {
    return this.#root;
  }

  #holder(keys: readonly string[]): Holder {
    let at = this.#root;
    for (const key of keys.slice(0, -1)) at = this.#inside(at, key);
    if (typeof at !== 'object' || at === null) throw this.#nowhere();
    return at as Holder;
  }

  #nowhere() {
    return failed(this.#i, 'Sökvägen finns inte i resursen', 'The path is not in the resource');
  }

  #inside(at: unknown, key: string): unknown {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) throw this.#nowhere();
    return (at as Record<string, unknown>)[key];
  }

  #place(list: readonly unknown[], key: string, most: number): number {
    const place = key === '-' ? list.length : /^(?:0|[1-9]\d{0,5})$/.test(key) ? Number(key) : Number.NaN;
    if (!(place <= most)) throw this.#nowhere();
    return place;
  }

  get(pointer: string): unknown {
    return keysOf(pointer, this.#i).reduce((at, key) => this.#inside(at, key), this.#root);
  }

  add(pointer: string, value: unknown): void {
    const keys = keysOf(pointer, this.#i);
    const last = keys.at(-1);
    if (last === undefined) {
      this.#root = value;
      return;
    }
    const holder = this.#holder(keys);
    if (Array.isArray(holder)) holder.splice(this.#place(holder, last, holder.length), 0, value);
    else holder[last] = value;
  }

  remove(pointer: string): unknown {
    const keys = keysOf(pointer, this.#i);
    const gone = this.get(pointer);
    const last = keys.at(-1);
    if (last === undefined) throw this.#nowhere();
    const holder = this.#holder(keys);
    if (Array.isArray(holder)) holder.splice(this.#place(holder, last, holder.length - 1), 1);
    else delete holder[last];
    return gone;
  }

  replace(pointer: string, value: unknown): void {
    if (pointer === '') {
      this.#root = value;
      return;
    }
    this.remove(pointer);
    this.add(pointer, value);
  }
}

function carryOut(patching: Patching, { op, path, from = '', value }: Operation, i: number): void {
  switch (op) {
    case 'test':
      if (!isSame(patching.get(path), value)) throw failed(i, 'Värdet är ett annat', 'The value is another');
      return;
    case 'remove':
      patching.remove(path);
      return;
    case 'replace':
      patching.replace(path, structuredClone(value));
      return;
    case 'move':
      if (`${path}/`.startsWith(`${from}/`) && path !== from) throw invalid(i, 'Flyttas in i sig själv', 'Into itself');
      patching.add(path, patching.remove(from));
      return;
    case 'copy':
      patching.add(path, structuredClone(patching.get(from)));
      return;
    default:
      patching.add(path, structuredClone(value));
  }
}

/**
 * The resource as a JSON Patch (RFC 6902) makes it; what was given is left as it is.
 *
 * @throws patch-invalid (400) for what is no patch; patch-failed (422) when it does not fit, a failed test included
 */
export function patched(resource: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch) || patch.length === 0 || patch.length > MOST_OPERATIONS) {
    throw patchInvalid({
      invalidParameters: [wrong('Patch', 'Ska vara en lista med ändringar', 'Must be a list of operations')],
    });
  }
  const operations = patch.map(readOperation);
  let root = structuredClone(resource);
  operations.forEach((operation, i) => {
    const patching = new Patching(root, i);
    carryOut(patching, operation, i);
    root = patching.root;
  });
  return root;
}
