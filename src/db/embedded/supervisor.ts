// Stands between the service and the embedded server: when the service dies, even by kill -9, its end of our stdin
// closes and the server is shut down. Started as text with `node --eval` (so that it runs alike from source and from
// the build, without a loader): it must therefore stay plain JavaScript, free of type annotations and relative imports.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

process.title = 'patientkontrakt-database';
const { program, args, spawnOptions, ownerFile, owner } = JSON.parse(process.argv[1] ?? '{}');
const server = spawn(program, args, { ...spawnOptions, stdio: ['ignore', 2, 2] });

server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));
if (server.pid !== undefined) {
  writeFileSync(ownerFile, JSON.stringify({ owner, postmaster: server.pid }), { mode: 0o600 });
  process.stdout.write(`${server.pid}\n`);
}

/** SIGINT is PostgreSQL's fast shutdown (sessions are ended, nothing is lost); SIGQUIT the last resort. */
const stop = () => {
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), 20_000);
};
process.stdin.once('close', stop).on('error', () => process.stdin.destroy());
process.stdin.resume();
process.stdout.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.stdin.destroy());
