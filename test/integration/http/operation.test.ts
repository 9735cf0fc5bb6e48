import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createMetricsServer, type Server, stopInOrder } from '../../../src/http/index.ts';
import { AS_STAFF, FOR_STAFF, NUMBER, type SmallApp, smallApp } from './small-app.ts';

const small: SmallApp[] = [];
async function started(...given: Parameters<typeof smallApp>): Promise<Server> {
  const one = await smallApp(...given);
  small.push(one);
  return one.app;
}
afterAll(() => Promise.all(small.map(({ app }) => app.close())));

function signal(): { given: Promise<void>; give: () => void } {
  const told = new EventEmitter();
  return { given: once(told, 'given').then(() => undefined), give: () => void told.emit('given') };
}

async function listening(app: Server): Promise<{ url: string; port: number }> {
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, port: Number(new URL(url).port) };
}

describe('health', () => {
  it('is live whatever the database does, and ready only when every check passes', async () => {
    let broken = false;
    const check = async () => {
      if (broken) throw new Error(NUMBER);
    };
    const app = await started(() => undefined, {
      healthChecks: [
        { name: 'database', check },
        { name: 'other', check: async () => undefined },
      ],
    });
    expect((await app.inject('/health/ready')).json()).toEqual({ status: 'ready' });
    broken = true;
    const reply = await app.inject('/health/ready');
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toEqual({ status: 'not-ready', failing: ['database'] });
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect(JSON.stringify(small.at(-1)!.lines)).not.toContain(NUMBER);
  });

  it('does not wait for a check that never ends', async () => {
    const app = await started(() => undefined, {
      healthChecks: [{ name: 'database', check: () => new Promise(() => undefined), withinMs: 20 }],
    });
    expect((await app.inject('/health/ready')).json().failing).toEqual(['database']);
  });
});

describe('metrics', () => {
  const token = 'a-token-of-some-length';
  const routes = (door: Server) => void door.get('/things/:id', { config: FOR_STAFF }, () => ({}));

  it('count by route pattern and status class, with nothing of the URL', async () => {
    const app = await started(routes, { metricsToken: token });
    await app.inject({ url: `/v1/things/${NUMBER}`, headers: AS_STAFF });
    await app.inject({ url: `/v1/${NUMBER}` });
    const reply = await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${token}` } });
    expect(reply.headers['content-type']).toContain('text/plain');
    expect(reply.body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/v1/things/:id",status="2xx"} 1',
    );
    expect(reply.body).toContain('route="(none)",status="4xx"');
    expect(reply.body).toContain('process_cpu_seconds_total');
    expect(reply.body).not.toContain(NUMBER);
  });

  it('are not there for those without the token', async () => {
    const app = await started(routes, { metricsToken: token });
    const unknown = await app.inject('/nowhere');
    for (const authorization of ['', 'Bearer wrong', `Basic ${token}`]) {
      const reply = await app.inject({ url: '/metrics', headers: { authorization } });
      expect(reply.body).toBe(unknown.body.replace('/nowhere', '/metrics'));
    }
    expect((await (await started(routes)).inject('/metrics')).statusCode).toBe(404);
  });

  it('can have a port of their own', async () => {
    const app = await started(routes);
    const own = createMetricsServer(app.metrics);
    await app.inject({ url: '/v1/things/1', headers: AS_STAFF });
    expect((await own.inject('/metrics')).body).toContain('/v1/things/:id');
    await own.close();
  });
});

describe('stopping', () => {
  it('finishes what is under way, says that it is not ready, and releases last', async () => {
    const order: string[] = [];
    const begun = signal();
    const finish = signal();
    const app = await started((door) => {
      door.get('/slow', { config: FOR_STAFF }, async () => {
        begun.give();
        await finish.given;
        order.push('answered');
        return { done: true };
      });
    });
    const { url } = await listening(app);
    const slow = fetch(`${url}/v1/slow`, { headers: AS_STAFF });
    await begun.given;
    const release = async () => void order.push('released');
    const stopped = stopInOrder({ servers: [app], readiness: app.readiness, log: app.log, drainMs: 0, release });
    expect(app.readiness.draining).toBe(true);
    finish.give();
    expect(await (await slow).json()).toEqual({ done: true });
    await stopped;
    expect(order).toEqual(['answered', 'released']);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });

  it('is told to probes first', async () => {
    const app = await started(() => undefined);
    app.readiness.draining = true;
    const reply = await app.inject('/health/ready');
    expect(reply.statusCode).toBe(503);
    expect(reply.json().status).toBe('draining');
  });
});

describe('bytes that are not HTTP', () => {
  it('are answered with a fixed problem and a closed connection, and not logged', async () => {
    const app = await started(() => undefined);
    const { port } = await listening(app);
    const answered = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(`${NUMBER} nonsense\r\n\r\n`));
      socket.on('data', (bytes) => {
        text += bytes;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answered).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answered).toContain('application/problem+json');
    expect(answered).not.toContain(NUMBER);
    expect(JSON.stringify(small.at(-1)!.lines)).not.toContain(NUMBER);
  });
});
