// A receiver of events, for integrators: verifies that a message is from the service, answers at once, handles each
// message once, and fetches what it is about with rights of its own. Without packages; Node 20 or later.
//
//   WEBHOOK_SECRET=whsec_… PORT=8080 node webhook-receiver.mjs
//
// The secret comes with the answer to `POST /v1/subscriptions`, which first sees that somebody answers at the address: start
// it with any secret before (it says 401, and that will do), and again with the one that you got.
//
// In earnest: keep `seen` and the messages in a database, in one transaction, before answering.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** During a rotation both secrets are in use: give them with a comma between. */
const keys = process.env.WEBHOOK_SECRET.split(',').map((secret) =>
  Buffer.from(secret.replace(/^whsec_/, ''), 'base64'),
);
const TOLERANCE_SECONDS = 5 * 60;
const MOST_BYTES = 64 * 1024;
const seen = new Set();

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, one or several signatures with spaces between. */
function isGenuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures = '' } = headers;
  if (!id || Math.abs(Date.now() / 1000 - Number(at)) > TOLERANCE_SECONDS) return false;
  return keys.some((key) => {
    const wanted = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
    return signatures.split(' ').some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
      return one.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  });
}

/** What has happened: ids and a name. Fetch the thing, and forget what you had if it is no longer yours to see (404). */
function handle({ type, data }) {
  process.stdout.write(`${JSON.stringify({ number: data.number, type, about: data.resource?.id })}\n`);
}

createServer((request, response) => {
  const chunks = [];
  let bytes = 0;
  request.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => {
    // The signature is over the very bytes: verify before parsing, and never over what was parsed and written anew.
    const body = Buffer.concat(chunks).toString('utf8');
    if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) {
      seen.add(id);
      setImmediate(handle, JSON.parse(body));
    }
    // Answer at once: what takes longer than ten seconds is tried again.
    return response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT ?? 8080), '127.0.0.1', function () {
  process.stdout.write(`listening on ${this.address().port}\n`);
});
