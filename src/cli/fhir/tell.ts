import type { Terminal } from '../command.ts';
import type { Issue, Sent } from './send.ts';

const MOST_ISSUES = 10;

/** What an import has come to so far. */
export class Tally {
  created = 0;
  there = 0;
  left = 0;
  refused = 0;
  taken = 0;

  add(sent: Sent): void {
    if (sent.kind === 'refused') {
      this.refused += 1;
      return;
    }
    this.taken += 1;
    this.created += sent.counts.created;
    this.there += sent.counts.there;
    this.left += sent.counts.left;
  }
}

function issueInWords({ text, place }: Issue): string {
  return place === undefined ? `  ${text}` : `  ${place}: ${text}`;
}

/** What became of one file or plan, line by line. */
export function tellSent({ out, err }: Terminal, name: string, sent: Sent): void {
  if (sent.kind === 'taken') {
    const { created, there, left } = sent.counts;
    const types = [...sent.left].map(([type, count]) => `${type} ${count}`).join(', ');
    out(`${name}: ${created} nya, ${there} fanns redan, ${left} utelämnade${types === '' ? '' : ` (${types})`}`);
    return;
  }
  err(`${name}: togs inte emot (${sent.status})`);
  for (const issue of sent.issues.slice(0, MOST_ISSUES)) err(issueInWords(issue));
  if (sent.issues.length > MOST_ISSUES) err(`  … och ${sent.issues.length - MOST_ISSUES} till`);
}

/** The last line: how much of how many. */
export function tellSummary({ out }: Terminal, what: string, tally: Tally): void {
  out('');
  out(
    `${tally.taken} ${what} inlästa, ${tally.refused} avvisade. ${tally.created} nya uppgifter, ${tally.there} fanns redan, ${tally.left} utelämnade.`,
  );
}
