/** A JSON object of an OpenAPI document, read by name. */
type Node = Readonly<Record<string, unknown>>;

interface Operation {
  readonly where: string;
  readonly method: string;
  readonly node: Node;
  readonly parameters: readonly Node[];
}

function object(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function objects(value: unknown): Node[] {
  return (Array.isArray(value) ? value : []).map(object);
}

function filled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** What a reference into the document means, or the thing itself. */
function resolved(value: unknown, document: Node): Node {
  const { $ref } = object(value);
  if (typeof $ref !== 'string') return object(value);
  return object(
    $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((node, name) => object(node)[name], document),
  );
}

function operationsOf(document: Node): Operation[] {
  return Object.entries(object(document.paths)).flatMap(([path, item]) =>
    Object.entries(object(item)).map(([method, node]) => ({
      where: `${method.toUpperCase()} ${path}`,
      method,
      node: object(node),
      parameters: objects(object(node).parameters),
    })),
  );
}

/** Every object that stands as the value of a key `properties`, with the names in it. */
function propertyNames(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(propertyNames);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'examples' || key === 'example') return [];
    return [...(key === 'properties' ? Object.keys(object(value)) : []), ...propertyNames(value)];
  });
}

const FORBIDDEN_PARAMETERS = /^(?:pnr|personalidentitynumber|personnummer|personnr|ssn|socialsecuritynumber)$/i;
const CAMEL_CASE = /^[a-z][A-Za-z0-9]*$/;

function* documentFaults(document: Node): Generator<string> {
  const info = object(document.info);
  for (const name of ['version', 'title', 'description']) if (!filled(info[name])) yield `DOK.03 info.${name}`;
  for (const name of ['name', 'url', 'email']) if (!filled(object(info.contact)[name])) yield `DOK.03 contact.${name}`;
  for (const name of ['name', 'url']) if (!filled(object(info.license)[name])) yield `DOK.03 license.${name}`;
  const docs = object(document.externalDocs);
  if (!filled(docs.description) || !URL.canParse(String(docs.url))) yield 'DOK.01 externalDocs';
  const sla = object(info['x-sla']);
  if (!['availability', 'responseTime', 'support'].every((name) => filled(sla[name]))) yield 'DOK.08 info.x-sla';
  if (!filled(info['x-limitations'])) yield 'DOK.09 info.x-limitations';
  const words = String(info.description)
    .toLowerCase()
    .split(/[^a-zåäö]+/);
  if (!words.includes('och') || !words.includes('and')) yield 'DOK.06 info.description in Swedish and English';
  if (!/^3\./.test(String(document.openapi))) yield 'DOK.17 openapi';
}

function* serverFaults(document: Node): Generator<string> {
  const servers = objects(document.servers);
  if (servers.length === 0) yield 'UFN.01 servers';
  for (const { url } of servers) {
    if (!/^https:\/\/[a-z0-9.-]+(?::443)?\/[a-z0-9.~-]+\/v\d+$/.test(String(url)))
      yield `UFN.01–02, VER.05, SAK.01 ${url}`;
  }
  const schemes = Object.values(object(object(document.components).securitySchemes)).map(object);
  if (schemes.length === 0) yield 'SAK.10 securitySchemes';
  for (const { type, scheme } of schemes) {
    if (type === 'apiKey' || (type === 'http' && scheme !== 'bearer')) yield `SAK.09–16 ${type} ${scheme}`;
  }
}

function* pathFaults(document: Node): Generator<string> {
  const paths = Object.keys(object(document.paths));
  if (!paths.includes('/api-info')) yield 'VER.06 /api-info';
  for (const path of paths) {
    const segments = path.slice(1).split('/');
    const plain = segments.filter((segment) => !/^\{[A-Za-z0-9]+\}$/.test(segment));
    if (!plain.every((segment) => /^[a-z0-9]+(?:[-.~][a-z0-9]+)*$/.test(segment))) yield `RES.06, UFN.07–09 ${path}`;
    if (path.length > 2048) yield `UFN.05 ${path}`;
  }
}

function* parameterFaults({ where, parameters }: Operation): Generator<string> {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  for (const parameter of parameters) {
    const name = String(parameter.name);
    if (parameter.in !== 'header' && FORBIDDEN_PARAMETERS.test(name)) yield `RES.02 ${where} ${name}`;
    if (parameter.in === 'header' && object(parameter.schema).type !== 'string') yield `ARQ.05 ${where} ${name}`;
    if (!filled(parameter.description)) yield `DOK.19 ${where} ${name} has no description`;
  }
  for (const { name, required } of query) {
    if (!CAMEL_CASE.test(String(name))) yield `FNS.01, FNS.03, FNS.06 ${where} ${name}`;
    if (required === true) yield `FNS.05 ${where} ${name}`;
  }
  const names = query.map(({ name }) => name);
  if (['page', 'offset', 'cursor'].some((name) => names.includes(name)) && !names.includes('limit'))
    yield `FNS.07 ${where}`;
}

function* bodyFaults({ where, method, node }: Operation): Generator<string> {
  const body = object(object(node.requestBody).content);
  if (method === 'get' && node.requestBody !== undefined) yield `FOR.02 ${where}`;
  for (const [type, media] of Object.entries(body)) {
    if (type !== 'application/json') yield `AME.01–02, ARQ.01 ${where} ${type}`;
    if (object(media).examples === undefined) yield `DOK.15 ${where} request`;
  }
}

/** What is printed is no JSON (AME.01 asks for JSON where it is data that is exchanged). */
const PAGES = new Set(['GET /sheets/{sheetId}/html text/html', 'GET /sheets/{sheetId}/pdf application/pdf']);

function* answerFaults({ where, node }: Operation, document: Node): Generator<string> {
  if (!filled(node.description)) yield `DOK.19 ${where}`;
  for (const [status, given] of Object.entries(object(node.responses))) {
    const answer = resolved(given, document);
    if (!filled(object(answer).description)) yield `DOK.20 ${where} ${status}`;
    const wanted = Number(status) >= 400 ? 'application/problem+json' : 'application/json';
    for (const [type, media] of Object.entries(object(object(answer).content))) {
      if (type !== wanted && !PAGES.has(`${where} ${type}`)) yield `FEL.02, AME.01 ${where} ${status} ${type}`;
      const isPage = PAGES.has(`${where} ${type}`);
      if (object(media).examples === undefined && !isPage) yield `DOK.15 ${where} ${status}`;
    }
    if (Number(status) >= 400 && object(answer).content === undefined) yield `FEL.02 ${where} ${status}`;
  }
}

function* schemaFaults(document: Node): Generator<string> {
  const schemas = object(object(document.components).schemas);
  const problem = object(object(schemas.Problem).properties);
  for (const name of ['type', 'title', 'status', 'detail', 'instance']) if (!(name in problem)) yield `FEL.01 ${name}`;
  for (const name of propertyNames([schemas, document.paths])) if (!CAMEL_CASE.test(name)) yield `AME.04–07 ${name}`;
}

/**
 * Where an OpenAPI document departs from the national REST API profile, by the profile's own ids: every rule that can be
 * judged from a document (GUIDELINES.md of the profile's lint processor), the recommendations (BÖR) included.
 */
export function profileFaults(document: Node): string[] {
  const faults = [documentFaults, serverFaults, pathFaults, schemaFaults].flatMap((rule) => [...rule(document)]);
  const rules = [parameterFaults, bodyFaults, answerFaults];
  return [
    ...faults,
    ...operationsOf(document).flatMap((operation) => rules.flatMap((rule) => [...rule(operation, document)])),
  ];
}
