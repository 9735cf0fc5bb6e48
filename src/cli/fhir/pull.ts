import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { Client } from 'fhir-kit-client';
import { z } from 'zod';
import { holdsPersonNumber } from '../../fhir/index.ts';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts';
import { readValues } from '../options.ts';
import { type PrepareOptions, plansOfPage } from './prepare.ts';
import { sendTransaction, type Target } from './send.ts';
import { notReached, patientOption, serverUrl, targetFrom } from './target.ts';
import { Tally, tellSent, tellSummary } from './tell.ts';

const HELP = `Användning: npm run cli -- fhir pull URL [--search VILLKOR] [--to URL] [--patient ID] [--state FIL] [--strict]

Hämtar planer från en annan FHIR R4-server: CarePlan med mål, team, uppgifter och patient, sida för sida. Varje plan blir
en transaktion mot tjänstens FHIR-dörr: allt i planen eller inget. Det som redan har hämtats dubbleras aldrig.

  --search VILLKOR  vilka planer, till exempel "patient=123&status=active"; annars alla som biljetten ger.
                    Aldrig med personnummer: personer anges med sitt id där
  --to URL          FHIR-dörren; annars http://127.0.0.1:3000/fhir/R4
  --patient ID      personens id här, i stället för den som planen anger
  --state FIL       var det står hur långt hämtningen har kommit: avbryts den, fortsätter nästa körning där
  --strict          avvisa en plan som innehåller något som inte kan tas emot

Biljetter läses ur miljövariablerna FHIR_TOKEN (hit) och FHIR_PULL_TOKEN (därifrån, om servern kräver en).

Slutkoder: 0 klart, 1 någon plan togs inte emot, 2 fel anrop, 3 gick inte att utföra.`;

const INCLUDES = [
  'CarePlan:care-team',
  'CarePlan:goal',
  'CarePlan:activity-reference',
  'CarePlan:subject',
  'CarePlan:performer',
];

type Page = fhir4.Bundle;

const stateForm = z.object({ from: z.string(), next: z.string() });

/** Where an earlier pull from the same search broke off. */
async function readState(file: string | undefined, from: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = stateForm.safeParse(JSON.parse(text));
  if (!state.success || state.data.from !== from) throw new UsageError('Filen i --state hör till en annan hämtning.');
  return state.data.next;
}

/** Written whole and then put in place: a broken run leaves the place before it. */
async function writeState(file: string | undefined, from: string, next: string | undefined): Promise<void> {
  if (file === undefined) return;
  if (next === undefined) return rm(file, { force: true });
  await writeFile(`${file}.new`, JSON.stringify({ from, next }));
  await rename(`${file}.new`, file);
}

/** The server sends on to another one for its next page. */
class PageElsewhere extends Error {}

/**
 * Pages are only ever followed on the server that was named: its ticket goes nowhere else.
 *
 * @throws PageElsewhere for one that is: what has been brought over is not all, and must not be taken for it
 */
function nextOf(page: Page, url: string): string | undefined {
  const next = page.link?.find(({ relation }) => relation === 'next')?.url;
  if (next === undefined) return undefined;
  const absolute = new URL(next, `${url}/`);
  if (absolute.origin !== new URL(url).origin) throw new PageElsewhere();
  return absolute.href;
}

function searchOf(text: string | undefined): Record<string, string | string[]> {
  const asked = new URLSearchParams(text);
  const names = [...new Set(asked.keys())];
  return { ...Object.fromEntries(names.map((name) => [name, asked.getAll(name)])), _include: INCLUDES, _count: '50' };
}

interface Pulling {
  readonly url: string;
  readonly client: Client;
  readonly target: Target;
  readonly options: PrepareOptions;
  readonly state?: string;
  readonly search?: string;
}

async function firstPage({ client, search }: Pulling): Promise<Page> {
  const searchParams = searchOf(search);
  return (await client.resourceSearch({ resourceType: 'CarePlan', searchParams })) as unknown as Page;
}

async function pageAt({ client }: Pulling, url: string): Promise<Page> {
  return (await client.request(url, { method: 'GET' })) as unknown as Page;
}

async function pullAll(terminal: Terminal, pulling: Pulling): Promise<ExitCode> {
  const { url, target, options, state } = pulling;
  const from = `${url}?${pulling.search ?? ''}`;
  const resumed = await readState(state, from);
  if (resumed !== undefined) terminal.err('Fortsätter där förra hämtningen bröts.');
  const tally = new Tally();
  let page: Page | undefined = resumed === undefined ? await firstPage(pulling) : await pageAt(pulling, resumed);
  for (let number = 1; page; number++) {
    for (const plan of plansOfPage(page, options)) {
      const sent = await sendTransaction(target, plan);
      tally.add(sent);
      tellSent(terminal, `CarePlan/${plan.entry?.[0]?.resource?.id ?? '?'}`, sent);
    }
    terminal.err(`Sida ${number}: ${tally.taken + tally.refused} planer hittills …`);
    const next = nextOf(page, url);
    await writeState(state, from, next);
    page = next === undefined ? undefined : await pageAt(pulling, next);
  }
  tellSummary(terminal, 'planer', tally);
  return tally.refused === 0 ? EXIT.done : EXIT.faults;
}

/** Why a pull broke off, in words for whoever is at the keyboard. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof PageElsewhere)
    return 'Nästa sida ligger på en annan adress än den angivna: hämtningen är inte hel.';
  const { response } = error as { readonly response?: { readonly status?: number } };
  return response?.status === undefined ? notReached(error) : `Servern svarade ${response.status}.`;
}

/** Addresses stand in logs on their way, here and there. @throws UsageError, without repeating the number */
function refusePersonNumbers(...addresses: readonly (string | undefined)[]): void {
  if (!addresses.some((one) => one !== undefined && holdsPersonNumber(one))) return;
  throw new UsageError('Ett personnummer får inte stå i en adress eller sökning. Ange personens id där i stället.');
}

/** `fhir pull`: brings plans over from another FHIR server. */
export const fhirPullCommand: Command = {
  words: ['fhir', 'pull'],
  summary: 'Hämta planer från en annan FHIR-server.',
  help: () => HELP,
  run: async (args, terminal) => {
    const { switches, values, rest } = readValues(args, {
      switches: ['strict'],
      values: ['to', 'patient', 'search', 'state'],
    });
    const [address, ...more] = rest;
    if (address === undefined || more.length > 0) throw new UsageError('Ange en enda adress att hämta från.');
    refusePersonNumbers(address, values.search);
    const url = serverUrl(address);
    const target = targetFrom(terminal, values.to, switches.strict);
    const patient = patientOption(values.patient);
    const bearerToken = terminal.env.FHIR_PULL_TOKEN;
    const client = new Client({ baseUrl: url, ...(bearerToken && { bearerToken }) });
    const options = { source: url, ...(patient !== undefined && { patient }) };
    const state = values.state === undefined ? {} : { state: values.state };
    const search = values.search === undefined ? {} : { search: values.search };
    try {
      return await pullAll(terminal, { url, client, target, options, ...state, ...search });
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined) throw error;
      terminal.err(reason);
      return EXIT.failed;
    }
  },
};
