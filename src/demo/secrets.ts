import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { demoPersonas } from './personas.ts';
import { createPrivateFile, readPrivateFile } from './private-file.ts';

/** Short to make and to verify; three RSA keys would cost a first start a second. */
export const DEMO_SIGNATURE = 'ES256';

const signingKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
  alg: z.literal(DEMO_SIGNATURE),
  use: z.literal('sig'),
});

const clientKey = signingKey.extend({ crv: z.literal('P-384'), alg: z.literal('ES384') });

const storedKeys = z.strictObject({ version: z.literal(1), clientKeys: z.record(z.string(), clientKey) });

const secret = z.base64url().min(43);

const stored = z.strictObject({
  version: z.literal(1),
  personNumberKey: secret,
  cookieKey: secret,
  signingKeys: z.strictObject({ staff: signingKey, citizen: signingKey, system: signingKey }),
  /** By client id of a demonstration system. */
  clientSecrets: z.record(z.string(), secret),
});

export type DemoSigningKey = z.output<typeof signingKey>;
export type DemoClientKey = z.output<typeof clientKey>;

/** The keys of one demonstration. They sign for nobody outside it, and another `DATA_DIR` has others. */
export interface DemoSecrets {
  readonly personNumberKey: Buffer;
  readonly cookieKey: string;
  readonly signingKeys: Readonly<Record<'staff' | 'citizen' | 'system', DemoSigningKey>>;
  readonly clientSecrets: Readonly<Record<string, string>>;
  /** Private keys of the demonstration's systems, by their personas: for whoever tries SMART's backend services. */
  readonly clientKeys: Readonly<Record<string, DemoClientKey>>;
}

async function newSigningKey(kind: string): Promise<DemoSigningKey> {
  const { privateKey } = await generateKeyPair(DEMO_SIGNATURE, { extractable: true });
  const kid = `demo-${kind}-${randomBytes(6).toString('hex')}`;
  return signingKey.parse({ ...(await exportJWK(privateKey)), kid, alg: DEMO_SIGNATURE, use: 'sig' });
}

const newSecret = () => randomBytes(32).toString('base64url');

async function generate(): Promise<string> {
  const [staff, citizen, system] = await Promise.all(['staff', 'citizen', 'system'].map(newSigningKey));
  const clients = demoPersonas.filter((persona) => persona.kind === 'system');
  return JSON.stringify({
    version: 1,
    personNumberKey: newSecret(),
    cookieKey: newSecret(),
    signingKeys: { staff, citizen, system },
    clientSecrets: Object.fromEntries(clients.map(({ id }) => [id, newSecret()])),
  });
}

async function newClientKey(personaId: string): Promise<DemoClientKey> {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  const kid = `${personaId}-${randomBytes(6).toString('hex')}`;
  return clientKey.parse({ ...(await exportJWK(privateKey)), kid, alg: 'ES384', use: 'sig' });
}

/** In a file of their own: a demonstration that was made before there were any gets them at its next start. */
async function generateClientKeys(): Promise<string> {
  const systems = demoPersonas.filter((persona) => persona.kind === 'system');
  const made = await Promise.all(systems.map(async ({ id }) => [id, await newClientKey(id)] as const));
  return JSON.stringify({ version: 1, clientKeys: Object.fromEntries(made) }, null, 2);
}

function parse<S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function load<S extends z.ZodType>(schema: S, path: string, make: () => Promise<string>) {
  return parse(schema, (await readPrivateFile(path)) ?? (await createPrivateFile(path, await make())));
}

/**
 * The demonstration's keys: made at the first start in a `DATA_DIR`, the same at every later one, in a file that
 * only its owner may read.
 *
 * @throws Error when the file is damaged; it is not replaced, since persons already stored are found by its key
 */
export async function loadDemoSecrets(dataDir: string): Promise<DemoSecrets> {
  const path = join(dataDir, 'demo', 'secrets.json');
  const secrets = await load(stored, path, generate);
  const keys = await load(storedKeys, join(dataDir, 'demo', 'client-keys.json'), generateClientKeys);
  if (secrets && keys) {
    const { clientKeys } = keys;
    return { ...secrets, clientKeys, personNumberKey: Buffer.from(secrets.personNumberKey, 'base64url') };
  }
  throw new Error(`Demonstrationens nyckelfil ${path} är skadad. Ta bort hela mappen ${dataDir} för att börja om.`);
}
