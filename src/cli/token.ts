import { baseUrlOf, readConfig } from '../config.ts';
import { createDemoIssuer, demoPersonas, findPersona, loadDemoSecrets } from '../demo/index.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { readOptions } from './options.ts';

const HELP = `Användning: npm run --silent cli -- token ID

Skriver en biljett för en av demonstrationens påhittade personer, att skicka som "authorization: Bearer …". Den
gäller i 12 timmar hos den demonstration som har samma DATA_DIR, HOST, PORT och PUBLIC_URL.

ID är någon av:
${demoPersonas.map(({ id, about }) => `  ${id.padEnd(22)}${about}`).join('\n')}

Slutkoder: 0 klart, 2 fel anrop.`;

/** `token`: a ready-made token for a persona of the demonstration. */
export const tokenCommand: Command = {
  words: ['token'],
  summary: 'Skriv en biljett för en av demonstrationens personer.',
  help: () => HELP,
  run: async (args, { env, out }) => {
    const [id = '', ...more] = readOptions(args, []).rest;
    const persona = findPersona(id);
    if (!persona || more.length > 0) throw new UsageError('Ange en av demonstrationens personer.');
    const config = readConfig(env);
    if (config.mode !== 'demonstration') throw new UsageError('Biljetter finns bara i demonstrationen.');
    const secrets = await loadDemoSecrets(config.dataDir);
    out(await createDemoIssuer({ baseUrl: baseUrlOf(config), secrets, realNow: Date.now }).signToken(persona));
    return EXIT.done;
  },
};
