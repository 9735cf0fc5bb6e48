import { describe, expect, it } from 'vitest';
import { buildOpenApi } from '../../src/http/index.ts';
import { documentedApp } from '../integration/http/documented-app.ts';
import { profileFaults } from './national-profile-rules.ts';

async function documentOfKernel(): Promise<Record<string, unknown>> {
  const { app } = await documentedApp();
  await app.ready();
  const document = JSON.parse(buildOpenApi(app));
  await app.close();
  return document;
}

describe('the national REST API profile', () => {
  it('is followed by what the kernel makes of well-described routes', async () => {
    expect(profileFaults(await documentOfKernel())).toEqual([]);
  });

  it.each([
    ['DOK.03', 'info contact', undefined],
    ['DOK.06', 'info description', 'Bara på svenska och inget annat.'],
    ['DOK.08', 'info x-sla', undefined],
    ['DOK.15', 'paths /notes get responses 200 content application/json examples', undefined],
    ['DOK.19', 'paths /notes get description', undefined],
    ['DOK.20', 'paths /notes get responses 200 description', undefined],
    ['DOK.20', 'components responses 400.invalid-request', undefined],
    ['RES.02', 'paths /notes get parameters 0 name', 'personnummer'],
    ['RES.06', 'paths /Note_s', {}],
    ['UFN.01', 'servers 0 url', 'http://x.example:8080/api'],
    ['AME.04', 'components schemas TestNote properties snake_case-x', {}],
    ['ARQ.05', 'paths /notes/{noteId} patch parameters 1 schema type', 'object'],
    ['FEL.01', 'components schemas Problem properties instance', undefined],
    ['FEL.02', 'components responses 400.invalid-request content', { 'application/json': {} }],
    ['FOR.02', 'paths /notes get requestBody', {}],
    ['VER.06', 'paths /api-info', undefined],
    ['FNS.05', 'paths /notes get parameters 0 required', true],
    ['FNS.07', 'paths /notes get parameters 0 name', 'size'],
    ['SAK.09', 'components securitySchemes basic', { type: 'http', scheme: 'basic' }],
  ])('is seen to be broken when %s is', async (rule, place, value) => {
    const document = await documentOfKernel();
    put(document, place.split(' '), value);
    expect(profileFaults(document).filter((fault) => fault.includes(rule))).not.toEqual([]);
  });
});

/** Puts a value at a place in the document; undefined takes away what is there. */
function put(node: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) put(node[name!] as Record<string, unknown>, rest, value);
  else if (value === undefined) delete node[name!];
  else node[name!] = value;
}
