/**
 * Asks the service on this machine whether it is ready, for a container's health check: `node dist/health-check.js`
 * ends with 0 when it is. A file of its own, since not every engine keeps a command with blanks in it whole.
 */
const port = process.env.PORT || '3000';
const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
  (answer) => answer.ok,
  () => false,
);
process.exitCode = ready ? 0 : 1;
