import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { answerEach } from '../child.ts';
import { connectionFailure, FailureCount, failedTimes, failureOf } from './failures.ts';
import { type LoadJob, type LoadRequest, type LoadResult, ROUND } from './job.ts';
import { percentiles } from './percentiles.ts';

// A process of its own, so that making the load never waits for what is measured.
answerEach<LoadJob, LoadResult>(run);

function run(job: LoadJob): Promise<LoadResult> {
  if (job.lists.length === 0) throw new Error('ingenting att fråga om');
  const durations: number[] = [];
  const accepted: number[] = [];
  let refused = 0;
  const failed = new FailureCount();
  let bytes = 0;
  let began = 0;
  let ended = 0;
  let next = 0;
  return new Promise((resolve, reject) => {
    const options: autocannon.Options = {
      url: job.url,
      connections: job.connections,
      amount: job.amount,
      ...(job.rate && { overallRate: job.rate }),
      sampleInt: 50,
      timeout: 30,
      setupClient: (client) => {
        const list = job.lists[next++ % job.lists.length]!;
        client.setRequests(list.map((request) => prepared(request, failed)));
      },
    };
    const running = autocannon(options, (error) => {
      if (error) return reject(error);
      const failures = failed.all;
      const seconds = (ended - began) / 1000;
      resolve({
        ...percentiles(durations),
        requests: durations.length,
        errors: failedTimes(failures),
        seconds,
        bytes: bytes / durations.length,
        accepted: { requests: accepted.length, ...percentiles(accepted) },
        refused,
        failures,
      });
    });
    running.on('reqError', (error) => failed.add(connectionFailure(error)));
    running.on('response', (_client, status, size, ms) => {
      ended = performance.now();
      if (began === 0) began = ended - ms;
      durations.push(ms);
      if (status < 300) accepted.push(ms);
      else if (status === 503) refused += 1;
      bytes += size;
    });
  });
}

/** autocannon builds a request once and sends its bytes again, unless something varies. */
function prepared(request: LoadRequest, failed: FailureCount): autocannon.Request {
  const { method, path, token, body, keyed } = request;
  const headers: Record<string, string> = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const onResponse: autocannon.Request['onResponse'] = (status, text, _context, answered) => {
    const retryAfter = (answered as Readonly<Record<string, string>> | undefined)?.['retry-after'];
    if (status >= 300) failed.add(failureOf(status, text, retryAfter));
  };
  const fixed: autocannon.Request = { method, path, headers, body, onResponse };
  if (request.revision === undefined && !keyed) return fixed;
  let revision = request.revision ?? 0;
  return {
    ...fixed,
    setupRequest: (sent) => {
      const varying = keyed ? { 'idempotency-key': randomUUID() } : { 'if-match': `"${revision++}"` };
      return { ...sent, headers: { ...headers, ...varying }, body: body?.replace(ROUND, String(revision)) };
    },
  };
}
