import type { Answer, TestApp } from '../../support/app.ts';

export const R4 = '/fhir/R4';
const FHIR = 'application/fhir+json';

type Json = Record<string, unknown>;

/** Headers that have a value. */
function sentHeaders(headers: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

/** One person who writes through the FHIR door. */
export function writerAt(service: TestApp, persona: string) {
  const caller = service.as(persona);
  const send = async <T extends object>(method: string, path: string, body: unknown, headers: Json = {}) => {
    const token = await service.issuer.signToken(caller.persona);
    const reply = await service.send({
      method: method as 'PUT',
      url: path === '' ? R4 : `${R4}/${path}`,
      headers: sentHeaders({
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': FHIR }),
        ...headers,
      }),
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return reply as unknown as Answer<T & Json>;
  };
  return {
    read: <T extends object>(path: string, headers: Json = {}) => send<T>('GET', path, undefined, headers),
    create: <T extends object>(resource: fhir4.FhirResource | Json, headers: Json = {}) =>
      send<T>('POST', String(resource.resourceType), resource, headers),
    update: <T extends object>(resource: fhir4.FhirResource, headers: Json = {}) =>
      send<T>('PUT', `${resource.resourceType}/${resource.id}`, resource, {
        'if-match': `W/"${resource.meta?.versionId}"`,
        ...headers,
      }),
    patch: <T extends object>(resource: fhir4.FhirResource, operations: unknown, headers: Json = {}) =>
      send<T>('PATCH', `${resource.resourceType}/${resource.id}`, operations, {
        'if-match': `W/"${resource.meta?.versionId}"`,
        'content-type': 'application/json-patch+json',
        ...headers,
      }),
    bundle: <T extends object>(bundle: unknown, headers: Json = {}) => send<T>('POST', '', bundle, headers),
    send,
  };
}
export type Writer = ReturnType<typeof writerAt>;

/** The issue types and places of an outcome, for comparing. */
export function issuesOf({ body }: { readonly body: object }): { code: string; expression?: string }[] {
  const { issue = [] } = body as Partial<fhir4.OperationOutcome>;
  return issue.map(({ code, expression }) => ({ code, ...(expression && { expression: expression[0]! }) }));
}
