import type { core } from 'zod';
import type { InvalidParameter } from '../shared/problem.ts';
import { dottedPath } from './field-names.ts';
import { reasonOf } from './reasons.ts';

type Issue = core.$ZodIssue;

/** More than a caller can mend in one go, and a limit to what a hostile body can make us answer. */
const MOST_FIELDS = 50;

/**
 * Names every field that a schema refused, with a reason in both languages and never the value.
 *
 * @param data what was judged; used only to tell a missing field from a wrong one
 * @param whole what to call the whole part when the fault is not in any one field: `(body)`, `(query)`
 */
export function invalidFields(issues: readonly Issue[], data: unknown, whole: string): readonly InvalidParameter[] {
  const found: InvalidParameter[] = [];
  const seen = new Set<string>();
  for (const [path, issue] of flatten(issues, [])) {
    const name = dottedPath(path, whole);
    const missing = issue.code !== 'unrecognized_keys' && path.length > 0 && valueAt(data, path) === undefined;
    const reason = reasonOf(issue, missing);
    const key = `${name} ${reason.sv}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ name, reason });
    if (found.length === MOST_FIELDS) break;
  }
  return found;
}

type Located = readonly [path: readonly PropertyKey[], issue: Issue];

function* flatten(issues: readonly Issue[], base: readonly PropertyKey[]): Generator<Located> {
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) yield [[...path, key], issue];
    } else if (issue.code === 'invalid_union') {
      const branch = likeliestBranch(issue);
      if (branch) yield* flatten(branch, path);
      else yield [path, issue];
    } else if (issue.code === 'invalid_element' || issue.code === 'invalid_key') {
      yield* flatten(issue.issues, path);
    } else {
      yield [path, issue];
    }
  }
}

/** The alternative that the caller most likely meant: the one whose faults lie deepest, then the one with fewest. */
function likeliestBranch(issue: core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  const depth = (branch: readonly Issue[]) => Math.min(...branch.map((one) => one.path.length));
  const inside = issue.errors.filter((branch) => branch.length > 0 && depth(branch) > 0);
  return inside.sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
