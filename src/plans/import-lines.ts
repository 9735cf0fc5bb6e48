import type { Pool } from 'pg';
import type { Desk } from '../access/index.ts';
import { findStaff, findUnits, type StaffMember } from '../directory/index.ts';
import { findPatientKey } from '../patients/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { type InvalidParameter, type Problem, wrong } from '../shared/problem.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import { type ImportedPlan, type ImportOutcome, type ImportRun, importPlans } from './import-plans.ts';
import { type ImportLine, readImportLine, under } from './rest/import-line.ts';

/** A line of an import as it was read, numbered from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** What is wrong with one line: by field, never by value; `code` is the rule's, when a rule refused. */
export interface LineFault {
  readonly number: number;
  readonly code?: string;
  readonly fields: readonly InvalidParameter[];
}

export interface ImportedLines {
  readonly created: number;
  readonly known: number;
  readonly faults: readonly LineFault[];
}

export interface LineImporter {
  /** Judges and writes some lines: those in order are brought in, whatever is wrong with the others. */
  take(lines: readonly NumberedLine[]): Promise<ImportedLines>;
}

const UNKNOWN_UNIT = wrong('unit', 'Finns inte i katalogen eller är stängd.', 'Is not in the directory, or closed.');
const UNKNOWN_STAFF = wrong(
  'staff',
  'Finns inte i katalogen, är inte i tjänst eller arbetar inte på enheten.',
  'Is not in the directory, not at work, or not at the unit.',
);
const UNKNOWN_PERSON = wrong('patientNumber', 'Personen är inte registrerad.', 'The person is not registered.');

/** Whoever stands behind a line writes at their own unit, and reads there what was sent before. */
const RIGHTS = { purpose: 'Vård och behandling', rights: ['Läsa;alla;VE', 'Skriva;alla;VE'] } as const;

/** @param numberHash keyed hash of a personal number; undefined refuses lines that name persons by number */
export function lineImporter(desk: Desk, run: ImportRun, numberHash?: (digits: string) => string): LineImporter {
  const directory = remembering(desk.pool);
  return {
    take: async (lines) => {
      const faults: LineFault[] = [];
      const plans: (ImportedPlan & { readonly number: number })[] = [];
      for (const { number, text } of lines) {
        const read = readImportLine(text);
        const ready = 'faults' in read ? read.faults : await readied(desk.pool, directory, read.line, numberHash);
        if ('actor' in ready) plans.push({ ...ready, number });
        else faults.push({ number, fields: ready });
      }
      const outcomes = await importPlans(desk, run, plans);
      outcomes.forEach((outcome, i) => {
        if (outcome.is === 'refused') faults.push(faultOf(plans[i]!.number, outcome.problem));
      });
      const count = (is: ImportOutcome['is']) => outcomes.filter((one) => one.is === is).length;
      return { created: count('created'), known: count('known'), faults: faults.sort((a, b) => a.number - b.number) };
    },
  };
}

function faultOf(number: number, { definition, particulars }: Problem): LineFault {
  const fields = under('plan', particulars.invalidParameters ?? []);
  const whole = { name: 'plan', reason: particulars.detail ?? definition.title };
  return { number, code: definition.code, fields: fields.length > 0 ? fields : [whole] };
}

interface Directory {
  unit(hsaId: string): Promise<UnitFacts | undefined>;
  member(hsaId: string): Promise<StaffMember | undefined>;
}

/** The directory as it stands when something of it is first asked for: one import is one moment. */
function remembering(pool: Pool): Directory {
  const once = <T>(find: (on: Pool, ids: readonly string[]) => Promise<Map<string, T>>) => {
    const known = new Map<string, Promise<T | undefined>>();
    return (hsaId: string) => {
      const found = known.get(hsaId) ?? find(pool, [hsaId]).then((all) => all.get(hsaId));
      known.set(hsaId, found);
      return found;
    };
  };
  return { unit: once(findUnits), member: once(findStaff) };
}

/** A line with whoever stands behind it and whose it is, or the fields that lead to nobody. */
async function readied(
  pool: Pool,
  directory: Directory,
  { unit: unitId, staff, person, creation }: ImportLine,
  numberHash?: (digits: string) => string,
): Promise<ImportedPlan | readonly InvalidParameter[]> {
  const [unit, member] = await Promise.all([directory.unit(unitId), directory.member(staff)]);
  if (!unit?.active) return [UNKNOWN_UNIT];
  if (!member?.active || !member.units.includes(unitId)) return [UNKNOWN_STAFF];
  const patientId = await keyOf(pool, person, numberHash);
  if (!patientId) return [UNKNOWN_PERSON];
  const actor: StaffActor = {
    kind: 'staff',
    issuer: 'cli',
    employeeHsaId: member.hsaId,
    name: member.name,
    unitHsaId: unit.hsaId,
    providerHsaId: unit.provider.hsaId,
    commission: { hsaId: unit.hsaId, ...RIGHTS },
  };
  return { actor, creation: creation(patientId) };
}

async function keyOf(
  pool: Pool,
  person: ImportLine['person'],
  numberHash?: (digits: string) => string,
): Promise<PatientId | undefined> {
  if ('patientId' in person) return person.patientId;
  return numberHash && findPatientKey(pool, numberHash(person.digits));
}
