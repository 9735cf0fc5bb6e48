import { randomUUID } from 'node:crypto';
import { addDays } from '../shared/calendar.ts';
import { swedishDate, swedishTime } from '../shared/swedish-time.ts';
import { dateInWords } from '../shared/swedish-words.ts';
import type { DemoIssuer } from './issuer.ts';
import { type DemoPersona, demoPersonas, getPersona } from './personas.ts';
import { type Injectable, type Shown, Stage } from './stage.ts';
import { ester } from './stories/ester.ts';
import { findStoryPlan, STORY_SOURCE } from './stories/find-plan.ts';

/** What of a started demonstration is told about. */
export interface WelcomeTarget {
  readonly app: Injectable;
  readonly demonstration?: {
    readonly issuer: Pick<DemoIssuer, 'signToken'>;
    readonly clock: { now(): number };
    readonly persons: boolean;
  };
}

interface Settings {
  readonly dataDir: string;
  readonly database: { readonly kind: 'embedded' | 'server' };
}

interface Line {
  readonly persona: string;
  readonly does: string;
  /** Arguments of curl after the token; texts in them stand in single quotes. */
  readonly curl: string;
}

const KINDS = [
  ['citizen', 'Patienter'],
  ['staff', 'Personal'],
  ['system', 'System'],
] as const satisfies readonly (readonly [DemoPersona['kind'], string])[];

function where(baseUrl: string): string[] {
  return [
    '',
    `Patientkontrakt körs på ${baseUrl}`,
    '  DEMONSTRATION: inte för riktiga personer. Alla personer, enheter, kommuner och regioner är påhittade.',
    '',
    `  API             ${baseUrl}/v1/api-info`,
    `  Dokumentation   ${baseUrl}/docs`,
    `  Hälsa           ${baseUrl}/health/ready`,
    `  Inloggning      ${baseUrl}/demo/issuer/staff   (OpenID Connect; klienten "demo", PKCE, ingen hemlighet)`,
    `                  ${baseUrl}/demo/issuer/citizen`,
  ];
}

function persons(): string[] {
  const width = Math.max(...demoPersonas.map(({ id }) => id.length)) + 2;
  const told = ({ id, name, about }: DemoPersona) => `    ${id.padEnd(width)}${name}, ${about}`;
  const ofKind = (kind: DemoPersona['kind']) => demoPersonas.filter((persona) => persona.kind === kind);
  return [
    '',
    'Personer att vara:',
    ...KINDS.flatMap(([kind, heading]) => [`  ${heading}`, ...ofKind(kind).map(told)]),
    '  En biljett för vem som helst av dem (gäller 12 timmar): npm run --silent cli -- token ID',
  ];
}

/** The home care's daily weighing of Ester, as something to report now; undefined when it no longer can be. */
function weighing(
  steps: readonly Shown[],
  now: number,
): { readonly id: string; readonly occurrence: string } | undefined {
  const step = steps.find(
    ({ title, state }) => title === 'Viktkontroll' && (state === 'agreed' || state === 'in-progress'),
  );
  if (!step) return undefined;
  const { startsOn, endsOn } = (step.time as { series: { startsOn: string; endsOn: string } }).series;
  const today = swedishDate(now);
  return { id: step.id, occurrence: today > endsOn ? endsOn : today < startsOn ? startsOn : today };
}

const asJson = (body: object) => `-H 'content-type: application/json' -d '${JSON.stringify(body)}'`;

async function lines(stage: Stage, baseUrl: string, now: number): Promise<Line[]> {
  const planId = await findStoryPlan(stage, ester.name);
  if (planId === undefined) return [];
  const plan = `${baseUrl}/v1/plans/${planId}`;
  const { steps } = await stage.send<{ steps: readonly Shown[] }>(ester.lead, {
    method: 'GET',
    url: `/v1/plans/${planId}`,
  });
  const weighs = weighing(steps, now);
  const report = weighs && { outcome: 'done', occurrence: weighs.occurrence, value: { amount: 71.2, unit: 'kg' } };
  const [patientId] = planId.split('-');
  return [
    { persona: 'ester', does: 'läser sin översikt med nästa steg', curl: `${baseUrl}/v1/my/overview` },
    { persona: 'tove-testrup', does: 'läser hela planen på avdelningen', curl: plan },
    {
      persona: 'maj-modell',
      does: 'frågar på vårdcentralen vilka planer Ester har',
      curl: `${asJson({ patientId })} ${baseUrl}/v1/plans/search`,
    },
    { persona: 'hanna-hittepa', does: 'ser hemsjukvårdens egna steg', curl: `${baseUrl}/v1/unit-steps` },
    ...(weighs && report
      ? [
          {
            persona: 'hanna-hittepa',
            does: 'rapporterar dagens vägning; läs sedan Esters översikt igen',
            curl: `-H 'idempotency-key: ${randomUUID()}' ${asJson(report)} ${plan}/steps/${weighs.id}/reports`,
          },
        ]
      : []),
    {
      persona: 'demo-region-journal',
      does: 'slår upp planen med sitt eget id',
      curl: `${asJson({ source: STORY_SOURCE, id: ester.name })} ${baseUrl}/v1/plans/lookup`,
    },
  ];
}

async function commands(told: readonly Line[], issuer: Pick<DemoIssuer, 'signToken'>): Promise<string[]> {
  if (told.length === 0) return [];
  const tokens = new Map<string, string>();
  for (const { persona } of told) {
    if (!tokens.has(persona)) tokens.set(persona, await issuer.signToken(getPersona(persona)));
  }
  return [
    '',
    'Prova, en rad i taget i ett annat fönster:',
    ...told.flatMap(({ persona, does, curl }) => [
      '',
      `# ${getPersona(persona).name} ${does}`,
      `curl -s -H 'authorization: Bearer ${tokens.get(persona)}' ${curl}`,
    ]),
  ];
}

/** A fortnight from now, at nine in Swedish winter time. */
function aFortnightOn(now: number): string {
  return `${addDays(swedishDate(now), 14)}T09:00:00+01:00`;
}

function around(baseUrl: string, { dataDir, database }: Settings, now: number): string[] {
  const data = database.kind === 'embedded' ? dataDir : `${dataDir} (nycklar och klocka) och i databasen som angavs`;
  const today = swedishDate(now);
  const moved = asJson({ now: aFortnightOn(now) });
  return [
    '',
    `I demonstrationen är det ${dateInWords(today, today)} klockan ${swedishTime(now)}. Så flyttas tiden (bara framåt):`,
    `  curl -s ${moved} ${baseUrl}/demo/clock`,
    `Data finns i ${data}. En omstart behåller allt; ta bort mappen för att börja om.`,
    'Stoppa med Ctrl-C.',
    '',
    `Redo: ${baseUrl}/docs`,
  ];
}

/**
 * What whoever has just started the demonstration reads: what runs and where, that it is not for real persons, whom one
 * can be, and lines to paste that already hold a token, one role after the other.
 *
 * @param baseUrl how the service is reached from this machine, without a closing slash
 */
export async function welcome(target: WelcomeTarget, baseUrl: string, settings: Settings): Promise<string[]> {
  if (!target.demonstration) throw new Error('only a demonstration hands out tokens');
  const { issuer, clock, persons: hasPersons } = target.demonstration;
  const stage = new Stage(target.app, issuer);
  const told = hasPersons ? await lines(stage, baseUrl, clock.now()) : [];
  return [
    ...where(baseUrl),
    ...persons(),
    ...(await commands(told, issuer)),
    ...around(baseUrl, settings, clock.now()),
  ];
}
