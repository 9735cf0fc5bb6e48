import { Client } from 'fhir-kit-client';
import { type Terminal, UsageError } from '../command.ts';
import type { PlanHere } from './prepare.ts';
import type { Target } from './send.ts';

const DEFAULT_URL = 'http://127.0.0.1:3000/fhir/R4';

/** An address of a FHIR server, over the web. @throws UsageError, without repeating it */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text.replace(/\/$/, '');
  throw new UsageError('Adressen ska börja med https:// eller http://.');
}

/**
 * The door that plans are sent to. Tickets come from the environment: what stands on a command line is seen by everyone on
 * the machine.
 *
 * @throws UsageError when there is no ticket
 */
export function targetFrom({ env }: Terminal, to: string | undefined, strict: boolean): Target {
  const token = env.FHIR_TOKEN;
  if (!token) throw new UsageError('Ange en biljett i miljövariabeln FHIR_TOKEN.');
  return { url: serverUrl(to ?? DEFAULT_URL), token, lenient: !strict };
}

/** A person's public id, when one is given. @throws UsageError */
export function patientOption(text: string | undefined): string | undefined {
  if (text === undefined || /^[a-z2-7]{26}$/.test(text)) return text;
  throw new UsageError('--patient ska vara personens id här (26 tecken), aldrig ett personnummer.');
}

/**
 * A plan here, when one is given, with what the door calls the extension that says it: that is the door's own to tell.
 *
 * @throws UsageError for what is no plan's id; whatever keeps the door from answering
 */
export async function planOption(text: string | undefined, { url }: Target): Promise<PlanHere | undefined> {
  if (text === undefined) return undefined;
  if (!/^[a-z2-7]{26}-[a-z2-7]{26}$/.test(text)) throw new UsageError('--plan ska vara planens id här.');
  const client = new Client({ baseUrl: url });
  const said = await client.read({ resourceType: 'StructureDefinition', id: 'plan' }).catch((error: unknown) => {
    const { response } = error as { readonly response?: { readonly status?: number } };
    throw response?.status === undefined ? error : new UsageError('Adressen i --to är inte tjänstens FHIR-dörr.');
  });
  return { id: text, extension: String(said.url) };
}

/** Errors of a connection, in words for whoever is at the keyboard. */
export function notReached(error: unknown): string | undefined {
  const { code } = ((error as { readonly cause?: unknown }).cause ?? error) as { readonly code?: unknown };
  const known = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'];
  if (known.includes(String(code)) || error instanceof TypeError)
    return 'FHIR-servern svarar inte på den angivna adressen.';
  return undefined;
}
