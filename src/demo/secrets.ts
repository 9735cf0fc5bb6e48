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

/** The keys of one demonstration. They sign for nobody outside it, and another `DATA_DIR` has others. */
export interface DemoSecrets {
  readonly personNumberKey: Buffer;
  readonly cookieKey: string;
  readonly signingKeys: Readonly<Record<'staff' | 'citizen' | 'system', DemoSigningKey>>;
  readonly clientSecrets: Readonly<Record<string, string>>;
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

function parse(text: string): DemoSecrets | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = stored.safeParse(raw);
  return data && { ...data, personNumberKey: Buffer.from(data.personNumberKey, 'base64url') };
}

/**
 * The demonstration's keys: made at the first start in a `DATA_DIR`, the same at every later one, in a file that
 * only its owner may read.
 *
 * @throws Error when the file is damaged; it is not replaced, since persons already stored are found by its key
 */
export async function loadDemoSecrets(dataDir: string): Promise<DemoSecrets> {
  const path = join(dataDir, 'demo', 'secrets.json');
  const secrets = parse((await readPrivateFile(path)) ?? (await createPrivateFile(path, await generate())));
  if (secrets) return secrets;
  throw new Error(`Demonstrationens nyckelfil ${path} är skadad. Ta bort hela mappen ${dataDir} för att börja om.`);
}
