import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOpenApi, problems } from '../../../src/http/index.ts';
import { documentedApp } from './documented-app.ts';
import type { SmallApp } from './small-app.ts';

let small: SmallApp;
let text: string;
let document: {
  openapi: string;
  info: Record<string, unknown>;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Answer>; examples: Record<string, object> };
};
interface Schema {
  properties: Record<string, Schema>;
  [keyword: string]: unknown;
}
interface Answer {
  $ref?: string;
  description: string;
  headers?: object;
  content?: Record<string, { schema: Schema; examples?: object }>;
}
interface Operation {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean; schema: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema; examples?: object }> };
  responses: Record<string, Answer>;
  security?: unknown[];
}

beforeAll(async () => {
  small = await documentedApp();
  await small.app.ready();
  text = buildOpenApi(small.app);
  document = JSON.parse(text);
});
afterAll(() => small.app.close());

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 and describes only the door, by paths relative to it', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(['/api-info', '/notes', '/notes/{noteId}', '/notes/{noteId}/tasks']);
    expect(document.servers[0]!.url).toMatch(/^https:.*\/v1$/);
    expect(Object.keys(document.paths['/notes/{noteId}']!)).toEqual(['delete', 'get', 'patch']);
  });

  it('is the same bytes each time, with names in order', async () => {
    const again = await documentedApp();
    await again.app.ready();
    expect(buildOpenApi(again.app)).toBe(text);
    await again.app.close();
    expect(text.endsWith('}\n')).toBe(true);
    const names = Object.keys(document.components.schemas);
    expect(names).toEqual([...names].sort());
  });

  it('has each schema once, and none that is not used', () => {
    expect(Object.keys(document.components.schemas)).toEqual([
      'ApiInfo',
      'Problem',
      'TestNewNote',
      'TestNote',
      'TestPlace',
      'TestTask',
    ]);
    expect(text).not.toContain('Input"');
    expect(document.components.schemas.TestNewNote!.additionalProperties).toBe(false);
    expect(document.components.schemas.TestNote!.additionalProperties).toBeUndefined();
  });

  it('gives every operation a name of its own', () => {
    expect(document.paths['/notes/{noteId}']!.get!.operationId).toBe('getNote');
    expect(document.paths['/notes/{noteId}/tasks']!.get!.operationId).toBe('getNotesTasks');
  });

  it('says formats and not regular expressions, and no bounds that mean nothing', () => {
    expect(document.components.schemas.TestNewNote!.properties.at).toMatchObject({
      type: 'string',
      format: 'date-time',
    });
    expect(text).not.toContain('9007199254740991');
    const patterns = [...text.matchAll(/"pattern": "(.*)"/g)].map(([, pattern]) => pattern!);
    expect(patterns.filter((pattern) => pattern.length > 80)).toEqual([]);
  });

  it('names headers as HTTP does, and requires If-Match of changes', () => {
    const { parameters = [] } = document.paths['/notes/{noteId}']!.patch!;
    expect(parameters.map(({ name, required }) => [name, required ?? false])).toEqual([
      ['noteId', true],
      ['If-Match', true],
      ['Idempotency-Key', false],
    ]);
    expect(document.paths['/notes']!.get!.parameters).toEqual([
      expect.objectContaining({
        in: 'query',
        name: 'limit',
        schema: expect.objectContaining({ type: 'integer', maximum: 200, default: 50 }),
      }),
      expect.objectContaining({ in: 'query', name: 'cursor' }),
    ]);
  });

  it('describes every refusal as a problem, with an example of each code', () => {
    const { responses } = document.paths['/notes/{noteId}']!.patch!;
    const shared = Object.values(responses).map(({ $ref }) => $ref?.replace('#/components/responses/', ''));
    expect(shared.filter((name) => name !== undefined)).toEqual([
      '400.invalid-request',
      '401.test-no-token',
      '403.forbidden.actor-not-allowed',
      '404.not-found',
      '409.test-note-closed',
      '412.stale',
      '413.body-too-large',
      '415.unsupported-media-type',
      '422.idempotency-mismatch',
      '428.precondition-required',
      '429.too-many-requests',
      '500.fault',
      '503.busy',
    ]);
    expect(document.components.responses['409.test-note-closed']).toEqual({
      description: 'Anteckningen är avslutad (`test-note-closed`).',
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: {
            'test-note-closed': { value: expect.objectContaining({ status: 409, code: 'test-note-closed' }) },
          },
        },
      },
    });
    expect(Object.keys(document.components.schemas.Problem!.properties)).toEqual(
      expect.arrayContaining(['type', 'title', 'status', 'detail', 'instance']),
    );
  });

  it('shows an example of every body, sent or answered, and the headers of answers', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const media = operations.flatMap(({ requestBody, responses }) =>
      [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {})),
    );
    expect(media.length).toBe(6);
    for (const one of media) expect(one.examples).toBeDefined();
    expect(document.components.examples).toEqual({
      ApiInfo: expect.anything(),
      TestNewNote: { value: { title: 'Ring', at: '2026-11-16T11:00:00+01:00', place: { name: 'Norr' } } },
      TestNote: expect.anything(),
      TestTask: {
        value: {
          id: 'abcdefghijklmnopqrstuvwxya-agm4kq7zabcdefghijklmnopqe',
          on: '2026-11-16',
          kind: 'call',
          parts: [{ count: 2 }],
          place: { name: 'text' },
        },
      },
    });
    expect(document.paths['/notes/{noteId}']!.get!.responses['200']!.headers).toMatchObject({
      ETag: { schema: { type: 'string' }, description: expect.any(String) },
    });
    expect(document.paths['/notes/{noteId}']!.get!.responses['304']).toEqual({ description: 'Oförändrad.' });
    expect(document.paths['/notes/{noteId}']!.delete!.responses['204']).toEqual({ description: 'Borttagen.' });
  });

  it('needs codes where a status has no usual refusal', () => {
    expect(() => problems(409)).toThrow('name the codes');
  });
});

describe('the interactive documentation', () => {
  it('comes from the service alone and may call nothing else', async () => {
    const page = await small.app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:/);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!);
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) {
      expect(source).not.toMatch(/^(?:https?:)?\/\//);
      expect((await small.app.inject(new URL(source, 'http://x/docs').pathname)).statusCode).toBe(200);
    }
    expect(page.body).not.toMatch(/<script>|<style|style=/);
  });

  it('shows the same document, by the address that it was reached at', async () => {
    const shown = (await small.app.inject('/docs/json')).json();
    expect(shown.servers).toEqual([{ url: '/v1', description: 'Den här tjänsten' }]);
    expect(Object.keys(shown.paths).sort()).toEqual(Object.keys(document.paths));
  });
});

describe('GET /v1/api-info', () => {
  it('answers what the national REST API profile asks for, without a token', async () => {
    const reply = await small.app.inject('/v1/api-info');
    expect(reply.json()).toEqual({
      apiName: 'patientkontrakt',
      apiVersion: '1.0.0',
      apiReleased: '2026-11-16',
      apiDocumentation: '/docs',
      apiStatus: 'beta',
    });
    expect(document.paths['/api-info']!.get!.security).toEqual([]);
  });
});
