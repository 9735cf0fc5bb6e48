import { asSentence } from '../../shared/text.ts';
import { actionWords, activityDone } from './action-words.ts';
import type { LogEntry } from './entry.ts';
import { kindWords } from './kind-words.ts';

/** Who did it, as the patient is told. */
export interface ToldUser {
  readonly kind: 'staff' | 'patient' | 'citizen' | 'system' | 'unknown';
  readonly name?: string;
  readonly role?: string;
}

/** One entry in plain Swedish, ready to be shown. */
export interface ToldEntry {
  readonly patientId: LogEntry['patientId'];
  readonly id: LogEntry['id'];
  readonly at: string;
  readonly sentence: string;
  readonly did: string;
  readonly who: ToldUser;
  readonly unit?: string;
  readonly provider?: string;
  readonly purpose: string;
  readonly outcome: LogEntry['outcome'];
  readonly concerning: readonly string[];
}

/**
 * Tells one entry to the patient, or to whoever hands the extract to the patient (PDL 5:5, 8:5).
 *
 * Staff with protected identity stand as role and unit, and so do staff whom the directory does not know: whether they
 * are protected nobody can tell. Another citizen is never named.
 *
 * @param toPatient whether the reader is the patient: then "Du läste översikten"
 */
export function toldEntry(entry: LogEntry, toPatient: boolean): ToldEntry {
  const who = userOf(entry);
  const { patientId, id, at, purpose, outcome } = entry;
  return {
    patientId,
    id,
    at: `${at.slice(0, 23)}Z`,
    sentence: sentenceOf(entry, who, toPatient),
    did: activityDone(entry.activity),
    who,
    ...named('unit', entry.unitName),
    ...named('provider', entry.providerName),
    purpose,
    outcome,
    concerning: kindWords(entry.kinds),
  };
}

function userOf({ userKind, userName, staff, isPatient }: LogEntry): ToldUser {
  switch (userKind) {
    case 'staff':
      return {
        kind: 'staff',
        ...named('name', staff?.protected === false ? userName : undefined),
        role: staff?.title ?? 'Medarbetare',
      };
    case 'citizen':
      return isPatient ? { kind: 'patient' } : { kind: 'citizen' };
    case 'system':
      return { kind: 'system', ...named('name', userName) };
    default:
      return { kind: 'unknown' };
  }
}

function sentenceOf(entry: LogEntry, who: ToldUser, toPatient: boolean): string {
  const { did, wouldDo } = actionWords(entry.action, entry.activity);
  const act = entry.outcome === 'Beviljad' ? did : `ville ${wouldDo} men nekades`;
  return asSentence(`${subjectOf(entry, who, toPatient)} ${act}`);
}

function subjectOf({ unitName, providerName }: LogEntry, who: ToldUser, toPatient: boolean): string {
  switch (who.kind) {
    case 'staff':
      return apposed([who.name, who.role, unitName, providerName]);
    case 'patient':
      return toPatient ? 'Du' : 'Patienten';
    case 'citizen':
      return 'En annan privatperson';
    case 'system':
      return apposed([`Systemet ${who.name ?? 'utan namn'}`, unitName, providerName]);
    case 'unknown':
      return 'Någon som inte är känd';
  }
}

/** `Maj Modell, distriktssköterska,`: what follows the first is set between commas. */
function apposed(parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 1 ? `${given.join(', ')},` : given.join('');
}

function named<K extends string>(name: K, value: string | undefined): { readonly [key in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]?: string });
}
