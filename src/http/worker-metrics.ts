import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type MetricObject, type Registry } from 'prom-client';

/** A process that has not told its figures within this is left out, milliseconds: a scrape is not worth waiting for. */
const WAIT_MS = 2000;

/** Between the first process and its workers. `wanted`: tell me of all; `own`: tell me yours; both are answered in kind. */
type Message =
  | { readonly metrics: 'wanted'; readonly n: number }
  | { readonly metrics: 'all'; readonly n: number; readonly text?: string }
  | { readonly metrics: 'own'; readonly n: number }
  | { readonly metrics: 'told'; readonly n: number; readonly figures: readonly MetricObject[] };

const waiting = new Map<number, (message: Message) => void>();
let asked = 0;

const messageIn = (message: unknown): Message | undefined =>
  typeof message === 'object' && message !== null && 'metrics' in message ? (message as Message) : undefined;

/**
 * In a worker: tells the first process what this one measures, and gives how to read what all of them have: whichever
 * process a scrape reaches, it sees the whole service.
 */
export function metricsOfAll(own: readonly Registry[]): () => Promise<string> {
  process.on('message', (received) => {
    const message = messageIn(received);
    if (message?.metrics === 'own') void tellOwn(own, message.n);
    else if (message?.metrics === 'all') waiting.get(message.n)?.(message);
  });
  return () =>
    new Promise((resolve, reject) => {
      const n = ++asked;
      waiting.set(n, (message) => {
        waiting.delete(n);
        if ('text' in message && message.text !== undefined) resolve(message.text);
        else reject(new Error('what the processes have measured could not be put together'));
      });
      process.send!({ metrics: 'wanted', n } satisfies Message);
    });
}

async function tellOwn(own: readonly Registry[], n: number): Promise<void> {
  const figures = (await Promise.all(own.map((registry) => registry.getMetricsAsJSON()))).flat();
  process.send!({ metrics: 'told', n, figures } as Message);
}

/** In the first process: answers workers that are scraped, with what all that listen have measured. */
export function answerForMetrics(): void {
  const listening = new Set<Worker>();
  cluster.on('listening', (worker) => listening.add(worker));
  cluster.on('exit', (worker) => listening.delete(worker));
  cluster.on('message', (worker: Worker, received: unknown) => {
    const message = messageIn(received);
    if (message?.metrics === 'told') waiting.get(message.n)?.(message);
    if (message?.metrics !== 'wanted') return;
    const tell = (text?: string) => {
      if (worker.isConnected()) worker.send({ metrics: 'all', n: message.n, text } satisfies Message);
    };
    Promise.all([...listening].map(figuresOf))
      .then((figures) => AggregatorRegistry.aggregate(figures).metrics())
      .then(tell, () => tell());
  });
}

function figuresOf(worker: Worker): Promise<readonly MetricObject[]> {
  return new Promise((resolve) => {
    const n = ++asked;
    const done = (figures: readonly MetricObject[]) => {
      waiting.delete(n);
      clearTimeout(late);
      resolve(figures);
    };
    const late = setTimeout(() => done([]), WAIT_MS);
    waiting.set(n, (message) => done('figures' in message ? message.figures : []));
    if (worker.isConnected()) worker.send({ metrics: 'own', n } satisfies Message);
  });
}
