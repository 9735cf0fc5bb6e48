import { Agent, request as ask } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answerEach } from '../child.ts';
import { connectionFailure, FailureCount, failedTimes, failureOf } from './failures.ts';
import type { CrowdJob, CrowdResult, LoadRequest } from './job.ts';
import { percentiles } from './percentiles.ts';

// A process of its own, so that making the load never waits for what is measured.
answerEach<CrowdJob, CrowdResult>(run);

const PROBE: LoadRequest = { method: 'GET', path: '/health/live' };

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Collects what came back. Time is counted from when a request was due, not from when a connection was free for it. */
class Tally {
  readonly accepted: number[] = [];
  readonly refused: number[] = [];
  readonly leftLate: number[] = [];
  /** A refusal that tells when to come back is none. */
  readonly failed = new FailureCount();

  async count(due: number, answer: Promise<Answer>): Promise<void> {
    this.leftLate.push(performance.now() - due);
    try {
      const { status, text } = await answer;
      const late = performance.now() - due;
      if (status === 503) this.refused.push(late);
      else if (status < 300) this.accepted.push(late);
      else this.failed.add(failureOf(status, text));
    } catch (error) {
      this.failed.add(connectionFailure(error));
    }
  }
}

async function run(job: CrowdJob): Promise<CrowdResult> {
  const agent = crowdAgent(job.connections);
  try {
    await Promise.all(Array.from({ length: job.connections }, () => answerOf(agent, job.url, PROBE)));
    const tally = new Tally();
    const began = performance.now();
    const newcomers = job.newcomers === undefined ? undefined : come(job, job.newcomers);
    await (job.rate === undefined ? inTurn(job, agent, tally) : asDue(job, job.rate, agent, tally));
    const seconds = (performance.now() - began) / 1000;
    const counted = (times: readonly number[]) => ({ requests: times.length, ...percentiles(times) });
    return {
      seconds,
      accepted: counted(tally.accepted),
      refused: counted(tally.refused),
      newcomers: await newcomers,
      leftLateMs: percentiles(tally.leftLate).p99Ms,
      errors: failedTimes(tally.failed.all),
      failures: tally.failed.all,
    };
  } finally {
    agent.destroy();
  }
}

function crowdAgent(connections: number): Agent {
  return new Agent({
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    scheduling: 'fifo',
  });
}

/** Each connection asks again as soon as it is answered. */
async function inTurn({ url, connections, seconds, requests }: CrowdJob, agent: Agent, tally: Tally): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let next = 0;
  const one = async () => {
    while (performance.now() < until) {
      await tally.count(performance.now(), answerOf(agent, url, requests[next++ % requests.length]!));
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
}

/** Callers do not wait for each other: the time between two that come is random, the shorter the likelier. */
async function asDue({ url, seconds, requests }: CrowdJob, rate: number, agent: Agent, tally: Tally): Promise<void> {
  const asked: Promise<void>[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const gap = () => (-Math.log(1 - Math.random()) * 1000) / rate;
  for (let due = began + gap(); due < until; due += gap()) {
    const early = due - performance.now();
    if (early > 0) await pause(early);
    asked.push(tally.count(due, answerOf(agent, url, requests[asked.length % requests.length]!)));
  }
  await Promise.all(asked);
}

/** When half the time has gone: so many at once, each on a connection that has to be opened first. */
async function come({ url, seconds, requests }: CrowdJob, many: number): Promise<CrowdResult['newcomers']> {
  await pause(seconds * 500);
  const agent = crowdAgent(many);
  const began = performance.now();
  const one = async (_: unknown, i: number) => {
    await answerOf(agent, url, requests[i % requests.length]!);
    return performance.now() - began;
  };
  const times = await Promise.all(Array.from({ length: many }, one));
  agent.destroy();
  return { ...percentiles(times), lastMs: Math.max(...times) };
}

/** Once all of the answer has come; its text is kept only of what failed. */
function answerOf(agent: Agent, url: string, { method, path, token }: LoadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const asked = ask(url + path, { agent, method, headers }, (answer) => {
      const status = answer.statusCode ?? 0;
      let text = '';
      if (status < 300 || status === 503) answer.resume();
      else answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('end', () => resolve({ status, text }));
      answer.once('error', reject);
    });
    asked.once('error', reject);
    asked.end();
  });
}
