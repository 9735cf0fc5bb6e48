import type { PlanContext } from '../../plans/domain/context.ts';
import type { Overview } from '../../plans/domain/overview.ts';
import { swedishDate, swedishTime } from '../../shared/swedish-time.ts';
import { dateInWords } from '../../shared/swedish-words.ts';
import { callLines, doingLines, mattersLines, nextLines, signLines, type Telling, timeLines } from './lines.ts';
import type { Line, Page, Section, SectionId } from './page.ts';

/** Of whom the sheet is, and which one it is. */
export interface Headed {
  /** Left out for a person with protected identity: the sheet may lie on a table. */
  readonly name?: string;
  readonly number?: number;
  readonly isProtected: boolean;
  /** Its printer could not see everything that the patient can. */
  readonly leftOut?: boolean;
}

const TITLES: Readonly<Record<SectionId, string>> = {
  matters: 'Det här är viktigt för mig',
  next: 'Mitt nästa steg',
  times: 'Bokade tider',
  me: 'Jag gör',
  network: 'Mitt nätverk gör',
  care: 'Ni gör',
  call: 'Vem jag ringer',
  red: 'Håll koll på – ring genast',
  yellow: 'Håll koll på – hör av dig',
  green: 'Allt är som det ska när',
};

/**
 * The overview as one page for paper, in Swedish: what matters, the next step, I do, you do, whom to call when, what to
 * look out for. Days are named, never "imorgon"; nothing on it depends on whether somebody answers right now. The same
 * overview and moment always give the same page.
 */
export function sheetPage(overview: Overview, context: PlanContext, headed: Headed): Page {
  const telling: Telling = { context, isProtected: headed.isProtected };
  const lines: Readonly<Record<SectionId, readonly Line[]>> = {
    matters: mattersLines(overview),
    next: nextLines(overview, telling),
    times: timeLines(overview, telling),
    me: doingLines(overview, 'me', telling),
    network: doingLines(overview, 'network', telling),
    care: doingLines(overview, 'care', telling),
    call: callLines(overview, telling),
    red: signLines(overview.safetyNet.red),
    yellow: signLines(overview.safetyNet.yellow),
    green: signLines(overview.safetyNet.green),
  };
  const sections = (Object.keys(TITLES) as SectionId[]).map(
    (id): Section => ({ id, title: TITLES[id], lines: lines[id] }),
  );
  return {
    title: headed.name === undefined ? 'Min plan' : `Min plan – ${headed.name}`,
    sections: sections.filter((section) => section.lines.length > 0),
    foot: footOf(overview, context.now, headed),
  };
}

function footOf({ agreements }: Overview, now: number, { number, leftOut }: Headed): string[] {
  const today = swedishDate(now);
  const versions = agreements.flatMap(({ agreed }) => (agreed ? [`Överenskommelse ${agreed.version}`] : []));
  const printed = `Uppgifterna gällde ${dateInWords(today, today)} ${today.slice(0, 4)} kl. ${swedishTime(now)}`;
  return [
    [number === undefined ? [] : [`Blad ${number}`], printed, ...versions].flat().join(' · '),
    ...(leftOut ? ['Enheten som skrev ut bladet ser inte hela planen. Du ser allt i 1177.'] : []),
    'Ändras något får du ett nytt blad. Kasta då det här. En överenskommelse är inte juridiskt bindande.',
  ];
}
