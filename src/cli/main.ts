import { COMMANDS } from './commands.ts';
import { runCli } from './run.ts';

process.exitCode = await runCli(COMMANDS, process.argv.slice(2), {
  env: process.env,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
