import { auditWrongActor, recordRefusedToken } from './app-refusals.ts';
import { registerAttention } from './attention/index.ts';
import { registerAuditLog } from './audit-log/index.ts';
import { registerConsents } from './consents/index.ts';
import { registerDeadlines } from './deadlines/index.ts';
import { registerDelivery } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { registerDirectory } from './directory/index.ts';
import { registerDischarge } from './discharge/index.ts';
import {
  allowBrowserApps,
  FHIR_PREFIX,
  FHIR_R5_PREFIX,
  refuseFhirEarly,
  registerFhir,
  registerFhirR5,
  registerSmartDiscovery,
} from './fhir/index.ts';
import { answerAbsenceAlike } from './http/absence.ts';
import { authenticateDoor } from './http/authenticate.ts';
import { busy } from './http/problems.ts';
import { createServer, type Server } from './http/server.ts';
import { challengeFor } from './identity/index.ts';
import { registerPaper } from './paper/index.ts';
import { registerPatients } from './patients/index.ts';
import { plansAtDeath, registerPlans } from './plans/index.ts';
import type { Problem } from './shared/problem.ts';
import { registerSharing } from './sharing/index.ts';

export const API_VERSION = '0.1.0';

const API = {
  version: API_VERSION,
  door: '/v1',
  apiReleased: '2026-11-21',
  apiStatus: 'beta',
  description:
    'Gemensam plan över region och kommun: vad som är viktigt för patienten, vem som gör vad, nästa steg och vem man vänder sig till. Ett patientkontrakt är en överenskommelse och inte juridiskt bindande.\n\nIn English: one shared plan across region and municipality, who does what, the next step and whom to turn to. An agreement, and not legally binding.',
  tags: [
    { name: 'Planer', description: 'Planen, dess innehåll och dess historik.' },
    { name: 'Steg', description: 'Stegen i en plan: vem gör vad, när, och hur det gick.' },
    {
      name: 'Överlämning',
      description: 'Från en enhet till nästa: erbjuden, kvitterad, övertagen eller återlämnad, och återkoppling.',
    },
    {
      name: 'Utskrivning',
      description: 'Från inskrivning till hemgång (LUS 2017:612): meddelanden, tidsfrister, sent.',
    },
    { name: 'Överenskommelse', description: 'Versioner, godkännanden, reservationer och kvitto.' },
    { name: 'Översikt', description: 'Patientens samlade översikt med nästa steg.' },
    {
      name: 'Papper',
      description: 'Översikten på papper: utskriven, lämnad, uppläst, och om den fortfarande stämmer.',
    },
    { name: 'Arbetslista', description: 'Enhetens egna steg.' },
    { name: 'Patienter', description: 'Personer, närstående och kontaktbehov.' },
    { name: 'Samtycken', description: 'Samtycken: typ, mottagare, ändamål och slut.' },
    {
      name: 'Relation och samtycke',
      description: 'Lämnad information, patientrelation, insats och utredning, oförmåga att samtycka.',
    },
    { name: 'Spärr och nödöppning', description: 'Spärrar, nödöppningar och begäran om att häva en spärr.' },
    {
      name: 'Patientens åtkomst',
      description: 'Blockering av vårdnadshavare, enheters beslut för 13–15 år och försegling.',
    },
    {
      name: 'Skyddade personuppgifter',
      description: 'Grad av skydd, och listan över dem som får veta att personen finns.',
    },
    { name: 'Utlämnande', description: 'En kopia till en mottagare: grund, vad, när, och kopian som den stod.' },
    {
      name: 'Åtkomstlogg',
      description: 'Vem som har läst eller ändrat vad: patientens utdrag och vårdgivarens granskning.',
    },
    { name: 'Mellan stolarna', description: 'Det som har fallit mellan stolarna, och vem som ser till det.' },
    { name: 'Händelser', description: 'Vad som har hänt, för system: eget flöde och webhooks. Bara id:n och namn.' },
    { name: 'Katalog', description: 'Huvudmän, vårdgivare, enheter, personal och kontaktvägar.' },
  ],
} as const;

/** Connection errors of the pool: the database is away or overloaded, and the same request may succeed in a moment. */
const DATABASE_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '55P03',
]);

function translateError(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as { code?: unknown }).code;
  const waited = error.message.startsWith('timeout exceeded when trying to connect');
  const lost = error.message.startsWith('Connection terminated');
  return waited || lost || DATABASE_AWAY.has(String(code)) ? busy({ retryAfterSeconds: 2 }) : undefined;
}

/**
 * Builds the whole service: the one place that sees all slices. Tests build the same app and inject into it.
 * Nothing listens until the caller says so.
 */
export async function buildApp(deps: Deps): Promise<Server> {
  const app = await createServer({
    ...deps.server,
    secret: deps.secret,
    doors: [API.door, FHIR_PREFIX, FHIR_R5_PREFIX],
    api: API,
    healthChecks: [
      {
        name: 'database',
        check: async () => {
          await deps.desk.pool.query('select 1');
        },
      },
    ],
    challenge: challengeFor,
    translateError,
    refuseEarly: refuseFhirEarly(deps),
  });
  if (deps.absenceEveryMs !== undefined) answerAbsenceAlike(app, deps.absenceEveryMs);
  await allowBrowserApps(app, deps.browserOrigins ?? []);
  registerSmartDiscovery(app, { smart: deps.smartAuthorization });
  await deps.demonstration?.(app);
  const signIn = {
    authenticator: deps.authenticator,
    onWrongActor: auditWrongActor(deps.desk),
    onRefusedToken: recordRefusedToken(deps.desk),
  };
  await app.register(
    async (door) => {
      authenticateDoor(door, signIn);
      await registerDirectory(door as Server, deps);
      await registerDeadlines(door as Server, deps);
      await registerPatients(door as Server, { ...deps, atDeath: plansAtDeath });
      await registerConsents(door as Server, deps);
      await registerSharing(door as Server, deps);
      await registerPlans(door as Server, deps);
      await registerDischarge(door as Server, deps);
      await registerPaper(door as Server, deps);
      await registerAuditLog(door as Server, deps);
      await registerAttention(door as Server, deps);
      await registerDelivery(door as Server, deps);
    },
    { prefix: API.door },
  );
  const release = { version: API_VERSION, released: API.apiReleased };
  await app.register(
    async (door) => {
      authenticateDoor(door, signIn);
      await registerFhir(door as Server, deps, release, translateError);
    },
    { prefix: FHIR_PREFIX },
  );
  await app.register(
    async (door) => {
      authenticateDoor(door, signIn);
      await registerFhirR5(door as Server, deps, release, translateError);
    },
    { prefix: FHIR_R5_PREFIX },
  );
  return app;
}
