import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { ENTITY_TYPES, type EntityType } from '../domain/model.ts';
import { csvSource } from './csv-source.ts';
import { jsonSources } from './json-source.ts';
import type { ImportFault, RowSource } from './source.ts';

/** Words that tell what a file holds, in its name or before an equals sign. */
const TYPE_WORDS: Readonly<Record<EntityType, readonly string[]>> = {
  principals: ['principals', 'huvudmän', 'huvudman'],
  providers: ['providers', 'vårdgivare', 'omsorgsgivare'],
  units: ['units', 'enheter'],
  staff: ['staff', 'personal', 'medarbetare'],
  channels: ['channels', 'kontaktvägar'],
};
const TYPE_BY_WORD = new Map(ENTITY_TYPES.flatMap((type) => TYPE_WORDS[type].map((word) => [word, type] as const)));
const NAMED = /^([\p{L}]+)=(.+)$/su;

/** The file that an argument names, and what it holds as far as argument and name tell: `units=/tmp/export.csv`. */
export function readFileArgument(argument: string): { readonly path: string; readonly type: EntityType | undefined } {
  const [, word, path] = NAMED.exec(argument.normalize('NFC')) ?? [];
  const named = word === undefined ? undefined : TYPE_BY_WORD.get(word.toLowerCase());
  if (named !== undefined) return { path: argument.slice(argument.indexOf('=') + 1) || path!, type: named };
  const words =
    basename(argument)
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return { path: argument, type: words.map((one) => TYPE_BY_WORD.get(one)).find((type) => type !== undefined) };
}

/**
 * Opens files by what their names end in and tell (`units.csv`, `2026-11 enheter.csv`, `katalog.json`).
 *
 * @param tell hears of every file that cannot be used
 */
export async function openFiles(
  argumentList: readonly string[],
  tell: (fault: ImportFault) => void,
): Promise<RowSource[]> {
  const sources: RowSource[] = [];
  for (const argument of argumentList) {
    const { path, type } = readFileArgument(argument);
    const file = basename(path);
    const kind = extname(path).toLowerCase();
    const found = await stat(path).then(
      (facts) => facts.isFile(),
      () => false,
    );
    if (!found) tell({ file, text: 'filen finns inte eller får inte läsas' });
    else if (kind === '.json') sources.push(...(await jsonSources(path, type, tell)));
    else if (kind !== '.csv') tell({ file, text: 'filnamnet ska sluta på .csv eller .json' });
    else if (type === undefined)
      tell({
        file,
        text: `filnamnet säger inte vad filen innehåller; skriv t.ex. units=${file}, eller döp den till ${ENTITY_TYPES.join('.csv, ')}.csv`,
      });
    else sources.push(csvSource(path, type));
  }
  return sources;
}
