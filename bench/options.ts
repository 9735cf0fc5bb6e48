import { parseArgs } from 'node:util';
import { LEAST_MINUTES } from './soak.ts';

/** How a run is made. */
export interface Options {
  readonly plans: number;
  readonly planless: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  /** Only these workloads; all when empty. */
  readonly only: readonly string[];
  readonly poolSize: number;
  /** How many requests the service has under way at most; what it chooses itself unless said. */
  readonly underWay?: number;
  /** Whether the service prepares its statements; the bare server always does. */
  readonly prepared: boolean;
  /** Keeps the embedded server's data, and uses what was kept. */
  readonly data?: string;
  readonly profile: boolean;
  readonly coldStart: boolean;
  /** Brings in so many plans by the command, and measures nothing else. */
  readonly bulk?: number;
  /** How many processes the command brings them in with; one for each processor unless said. */
  readonly processes?: number;
  /** Compares ten thousand plans with so many, and measures nothing else. */
  readonly flat?: number;
  /** Serves a usual mixture for so many minutes, and measures nothing but whether memory grows. */
  readonly soak?: number;
}

export const HELP = `Användning: npm run bench -- [VAL]

Mäter den byggda tjänsten mot en naken server på samma data, om vartannat.
Databasen är den inbyggda, eller den som DATABASE_OWNER_URL anger.

  --quick            1000 planer och korta mätningar: någon minut
  --plans ANTAL      planer att mäta på (10000)
  --seconds TAL      hur länge varje mätning pågår (5)
  --rounds ANTAL     hur många gånger tjänst och gräns mäts om vartannat (3)
  --connections LISTA  samtidiga anrop (1,8,32)
  --only LISTA       bara dessa: overview,whole-plan,whole-plan-fhir,step-update,create-plan,work-list,
                     search-by-patient,history,report,everything-fhir,limit.static,limit.document,overload,event-dispatch
  --pool ANTAL       databasanslutningar för var och en (10)
  --under-way ANTAL  så många anrop tar tjänsten emot åt gången (MAX_UNDER_WAY)
  --unprepared       tjänsten utan förberedda satser, som bakom PgBouncer före 1.21
  --data MAPP        behåll databasen här, och använd den som finns
  --profile          skriv CPU-profiler av tjänsten och den nakna servern till bench/results
  --no-cold-start    mät inte omstarten
  --flat [ANTAL]     jämför bara 10 000 planer med så många (1 000 000); med --data behålls båda databaserna
  --bulk ANTAL       mät bara inläsning av så många planer (plans import)
  --processes ANTAL  så många processer läser in dem (en för varje processor)
  --soak MINUTER     se bara efter om minnet växer, under så många minuters blandad gång`;

/** Plans of a country that grows, to compare ten thousand with. */
const MANY = '1000000';

/** @throws Error in words when an option is not understood */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    // An option that may stand alone is not known to the reader of options: it is given its usual value first.
    args: args.flatMap((arg, i) => (arg === '--flat' && !/^\d/.test(args[i + 1] ?? '') ? [arg, MANY] : [arg])),
    options: {
      help: { type: 'boolean', short: 'h' },
      quick: { type: 'boolean' },
      plans: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string' },
      only: { type: 'string' },
      pool: { type: 'string' },
      'under-way': { type: 'string' },
      unprepared: { type: 'boolean' },
      data: { type: 'string' },
      profile: { type: 'boolean' },
      'no-cold-start': { type: 'boolean' },
      bulk: { type: 'string' },
      processes: { type: 'string' },
      flat: { type: 'string' },
      soak: { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const quick = values.quick ?? false;
  const bulk = values.bulk === undefined ? undefined : numberOf(values.bulk, 1);
  const plans = numberOf(values.plans, bulk === undefined && !quick ? 10_000 : 1000);
  return {
    plans,
    // Enough to warm up on and to measure without making a second plan for anybody.
    planless: bulk ?? Math.max(4000, Math.min(plans * 2, 10_000)),
    seconds: numberOf(values.seconds, quick ? 1 : 5),
    rounds: numberOf(values.rounds, quick ? 1 : 3),
    connections: values.connections
      ? listOf(values.connections).map((text) => numberOf(text, 1))
      : quick
        ? [1, 32]
        : [1, 8, 32],
    only: listOf(values.only ?? ''),
    poolSize: numberOf(values.pool, 10),
    underWay: values['under-way'] === undefined ? undefined : numberOf(values['under-way'], 1),
    prepared: !values.unprepared,
    data: values.data,
    profile: values.profile ?? false,
    coldStart: !values['no-cold-start'],
    bulk,
    processes: values.processes === undefined ? undefined : numberOf(values.processes, 1),
    flat: values.flat === undefined ? undefined : numberOf(values.flat, 1),
    soak: values.soak === undefined ? undefined : Math.max(numberOf(values.soak, 1), LEAST_MINUTES),
  };
}

function listOf(text: string): string[] {
  return text.split(',').filter((part) => part !== '');
}

function numberOf(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`Ska vara ett tal över noll: ${text}`);
  return value;
}
