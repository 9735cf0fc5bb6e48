import { faultInWords, type ImportChange, type ImportReport, TYPE_NAMES } from '../directory/index.ts';

/** How many things of one sort are named unless all are asked for. */
const NAMED = 20;

const WHAT: Readonly<Record<ImportChange['what'], string>> = {
  created: 'ny',
  changed: 'ändrad',
  deactivated: 'ur bruk',
};

/** The report of an import in Swedish, line by line: what became of how much, and which. */
export function reportInWords(
  report: ImportReport,
  options: { readonly all: boolean; readonly dryRun: boolean },
): string[] {
  const lines: string[] = [];
  for (const [type, counts] of Object.entries(report.counts)) {
    const { created, changed, unchanged, deactivated } = counts;
    const name = TYPE_NAMES[type as keyof typeof TYPE_NAMES];
    lines.push(`${name}: ${created} nya, ${changed} ändrade, ${unchanged} oförändrade, ${deactivated} ur bruk`);
    for (const what of ['created', 'changed', 'deactivated'] as const) {
      const changes = report.changes.filter((change) => change.type === type && change.what === what);
      const shown = options.all ? changes : changes.slice(0, NAMED);
      lines.push(...shown.map(changeInWords));
      if (shown.length < changes.length)
        lines.push(`  … och ${changes.length - shown.length} till (visa alla med --all)`);
    }
  }
  if (options.dryRun) lines.push('Torrkörning: inget är skrivet.');
  return lines;
}

function changeInWords({ what, key, fields }: ImportChange): string {
  return `  ${WHAT[what].padEnd(8)} ${key}${fields ? ` (${fields.join(', ')})` : ''}`;
}

/** All faults of an import in Swedish, and how many there were. */
export function faultsInWords({ faults, faultCount }: Pick<ImportReport, 'faults' | 'faultCount'>): string[] {
  const lines = faults.map(faultInWords);
  if (faultCount > faults.length) lines.push(`… och ${faultCount - faults.length} fel till`);
  lines.push('', `${faultCount} fel. Inget är skrivet.`);
  return lines;
}
