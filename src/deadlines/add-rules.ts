import type { Pool } from 'pg';
import { addDays, type LocalDate, parseLocalDate } from '../shared/calendar.ts';
import type { Ids } from '../shared/ids.ts';
import { type AgreedRule, endedBy, faultsIn, type RuleFault } from './domain/agreed-rules.ts';
import { saveRules } from './store/rules.ts';

/** One row of a file of agreed rules. */
export type GivenRule = Omit<AgreedRule, 'id'>;

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const FIELDS = new Set(['region', 'municipality', 'name', 'rule', 'validFrom', 'validTo', 'reference']);

/** What in a row cannot be read at all; the rest is judged with the rules that there are. */
function formFaults(row: unknown, at: number): RuleFault[] {
  const fault = (field: RuleFault['field'], reason: string): RuleFault => ({ row: at + 1, field, reason });
  if (typeof row !== 'object' || row === null) return [fault('row', 'är inget objekt')];
  const given = row as Record<string, unknown>;
  if (Object.keys(given).some((name) => !FIELDS.has(name))) return [fault('row', 'har fält som inte känns igen')];
  const missing = (['region', 'municipality', 'name', 'reference'] as const).filter((name) => !isText(given[name]));
  const isDay = (value: unknown) => typeof value === 'string' && parseLocalDate(value) !== undefined;
  return [
    ...missing.map((name) => fault(name, 'saknas')),
    ...(isDay(given.validFrom) ? [] : [fault('validFrom', 'är ingen dag')]),
    ...(given.validTo === undefined || isDay(given.validTo) ? [] : [fault('validTo', 'är ingen dag')]),
  ];
}

/**
 * Adds what a region and a kommun have agreed on about deadlines, all of it or, with any fault, nothing. A rule that holds
 * now ends the day before its successor begins; no rule begins in the past, and what has been counted stays as it is.
 */
export async function addRules(
  pool: Pool,
  given: readonly unknown[],
  { ids, today, at }: { readonly ids: Ids; readonly today: LocalDate; readonly at: string },
): Promise<{ readonly added: number; readonly ended: number; readonly faults: readonly RuleFault[] }> {
  const unreadable = given.flatMap(formFaults);
  if (unreadable.length > 0) return { added: 0, ended: 0, faults: unreadable };
  const rules = given.map((row) => ({ ...(row as GivenRule), id: ids.thingId() }));
  return saveRules(pool, at, (present, principals) => {
    const ended = endedBy(present, rules, (day) => addDays(day, -1));
    const after = present.map((one) => ended.find(({ id }) => id === one.id) ?? one);
    const unknown = rules.flatMap((one, row) =>
      (['region', 'municipality'] as const)
        .filter((field) => principals.get(one[field]) !== field)
        .map((field): RuleFault => ({ row: row + 1, field, reason: 'finns inte i katalogen som en sådan huvudman' })),
    );
    const faults = [...unknown, ...faultsIn(after, rules, today)];
    return { added: faults.length > 0 ? [] : rules, ended: faults.length > 0 ? [] : ended, faults };
  });
}
