import { ACTIONS, type Action } from '../../actions.ts';
import { decide } from '../decide.ts';
import { GROUNDS } from '../grounds.ts';
import { REASONS } from '../reasons.ts';
import { RULES } from '../rules.ts';
import { sees } from '../sees.ts';
import { DEFAULT_LAW_SETTINGS, LAW_SETTINGS, type LawSettings } from '../settings.ts';
import type { Shown } from '../sight.ts';
import { CASES, type Case } from './contributions.ts';
import { ROLES } from './roles.ts';

const SHOWN: Readonly<Record<Shown, string>> = {
  whole: 'helt',
  limited: 'begränsat',
  outline: 'översikt',
  nothing: 'inget',
};

/** Gathers role numbers under what happened to them, in the order in which it first happens. */
function grouped(happened: readonly string[]): string {
  const groups = new Map<string, number[]>();
  for (const [i, what] of happened.entries()) groups.set(what, [...(groups.get(what) ?? []), i + 1]);
  return [...groups].map(([what, roles]) => `${what}: ${roles.join(' ')}`).join(' · ');
}

function actionRow(action: Action): string {
  const outcomes = ROLES.map(({ actor, facts }) => {
    const about = RULES[action].inPlan ? facts : { ...facts, plan: undefined };
    const decision = decide(action, actor, about);
    if (decision.allowed) return '**ja**';
    return decision.known ? decision.reason : '404';
  });
  return `| ${action} | ${ACTIONS[action]} | ${RULES[action].right} | ${grouped(outcomes)} |`;
}

function caseRow({ name, c, facts: also }: Case): string {
  const sights = ROLES.map(({ actor, facts }) => sees(actor, { ...facts, ...also }, c));
  const shown = sights.map((it) => `${SHOWN[it.shown]} (${it.shown === 'nothing' ? it.reason : it.ground})`);
  const told = sights.flatMap((it, i) => (it.mayKnowLeftOut ? [i + 1] : []));
  return `| ${name} | ${grouped(shown)} | ${told.join(' ')} |`;
}

function settingRow(name: keyof LawSettings): string {
  const { sv, source } = LAW_SETTINGS[name];
  const value = DEFAULT_LAW_SETTINGS[name];
  return `| ${name} | ${Array.isArray(value) ? value.join(', ') : String(value)} | ${sv} | ${source} |`;
}

/**
 * The law as tables, for a lawyer to read and for every change of the rules to show in review: who may do what, who is
 * shown what, and the closed lists of reasons, grounds and settings. The same code gives the same text.
 */
export function policyTable(): string {
  const lines = [
    '# Behörighetstabell',
    '',
    'Skapad ur koden (`npm run cli -- policy write`); ändra aldrig för hand. Rollerna är numrerade.',
    '',
    ...ROLES.map(({ name }, i) => `${i + 1}. ${name}`),
    '',
    '## Vem får göra vad',
    '',
    '404 är samma svar som när det frågan gäller inte finns; de andra skälen ger 403 och sägs.',
    'Vems steg eller löfte det är, och vad planens tillstånd medger, prövar planens egna regler.',
    '',
    '| åtgärd | logg | behörighet | utfall |',
    '| --- | --- | --- | --- |',
    ...(Object.keys(ACTIONS) as Action[]).map(actionRow),
    '',
    '## Vem ser vad',
    '',
    'Helt; begränsat (utan klinisk text); översikt (av huvudet slag, status och ledning); inget. Sist vilka som får veta',
    'att något är utelämnat, aldrig vems eller vad.',
    '',
    '| uppgift | visas | får veta att mer finns |',
    '| --- | --- | --- |',
    ...CASES.map(caseRow),
    '',
    '## Skäl till nej',
    '',
    '| skäl | till den som frågar | lagrum |',
    '| --- | --- | --- |',
    ...Object.entries(REASONS).map(([code, { sv, law }]) => `| ${code} | ${sv} | ${law} |`),
    '',
    '## Grunder för ja',
    '',
    '| grund | betyder | lagrum |',
    '| --- | --- | --- |',
    ...Object.entries(GROUNDS).map(([code, { sv, law }]) => `| ${code} | ${sv} | ${law} |`),
    '',
    '## Inställningar där lagen är osäker',
    '',
    '| inställning | gäller om inget annat sägs | fråga | källa |',
    '| --- | --- | --- | --- |',
    ...(Object.keys(LAW_SETTINGS) as (keyof LawSettings)[]).map(settingRow),
    '',
  ];
  return lines.join('\n');
}
