import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { searchDirectory } from '../../directory/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import { normalizeHsaId } from '../../shared/hsa-id.ts';
import { wrong } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import {
  type OrganizationEntry,
  organizationFrom,
  practitionerFrom,
  practitionerRoleFrom,
  type StaffEntry,
} from '../mapping/directory.ts';
import { ALIASES, SYSTEMS } from '../mapping/systems.ts';
import { searchParameterInvalid } from '../problems.ts';
import { refuseModifiers, type Sent } from '../search/criteria.ts';
import { readSearch } from '../search/sent.ts';
import { READ_STAFF, READ_UNITS } from './access.ts';
import { emptyBundle } from './bundle.ts';
import { sendFound } from './found.ts';
import { doorUrl, sendResource } from './reply.ts';

type Kind = 'token' | 'string' | 'reference';

interface DirectoryParameter {
  readonly type: Kind;
  /** What of the directory it narrows. */
  readonly by: 'hsaId' | 'name' | 'provider' | 'unit' | 'role';
  readonly words: string;
}

interface DirectoryType {
  readonly what: 'units' | 'staff';
  readonly parameters: Readonly<Record<string, DirectoryParameter>>;
  readonly resources: (entry: never, criteria: Criteria) => readonly fhir4.FhirResource[];
}

type Criteria = Partial<Record<Exclude<DirectoryParameter['by'], 'role'>, string>>;

const byId = (words: string): DirectoryParameter => ({ type: 'token', by: 'hsaId', words });
const byName: DirectoryParameter = { type: 'string', by: 'name', words: 'Början av ett eller flera ord i namnet.' };

/** What the directory can be searched for through this door: units by anyone, staff by those at work. */
export const DIRECTORY_SEARCHES: Readonly<Record<string, DirectoryType>> = {
  Organization: {
    what: 'units',
    parameters: {
      _id: byId('HSA-id.'),
      identifier: byId('HSA-id.'),
      name: byName,
      partof: { type: 'reference', by: 'provider', words: 'Vårdgivaren som enheten hör till.' },
    },
    resources: (entry: OrganizationEntry) => [organizationFrom(entry)],
  },
  Practitioner: {
    what: 'staff',
    parameters: { _id: byId('HSA-id.'), identifier: byId('HSA-id.'), name: byName },
    resources: (entry: StaffEntry) => [practitionerFrom(entry)],
  },
  PractitionerRole: {
    what: 'staff',
    parameters: {
      _id: { type: 'token', by: 'role', words: 'Personens och enhetens HSA-id, med punkt emellan.' },
      practitioner: { type: 'reference', by: 'hsaId', words: 'Personen.' },
      organization: { type: 'reference', by: 'unit', words: 'Enheten.' },
    },
    resources: (entry: StaffEntry, { unit }) =>
      entry.units
        .filter(({ hsaId }) => unit === undefined || hsaId === unit)
        .flatMap(({ hsaId }) => practitionerRoleFrom(entry, hsaId) ?? []),
  },
};

/** A reference's type; and `:identifier`, by the HSA-id that is the id too. */
const REFERENCE_MODIFIERS = {
  partof: ['Organization', 'identifier'],
  practitioner: ['Practitioner', 'identifier'],
  organization: ['Organization', 'identifier'],
} as const;

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };
const position = z.object({ sortKey: z.string(), hsaId: z.string() });

/** Units and staff, found by name, HSA-id and what they belong to. */
export function registerDirectorySearches(door: Server, deps: FhirDeps): void {
  for (const type of Object.keys(DIRECTORY_SEARCHES)) {
    const handler = (request: FastifyRequest, reply: FastifyReply) => search(deps, type, request, reply);
    const access = type === 'Organization' ? READ_UNITS : READ_STAFF;
    door.get(`/${type}`, access, handler);
    door.post(`/${type}/_search`, access, handler);
  }
}

/** The HSA-id of a token or a reference; undefined for one that no one here can have. */
function hsaIdIn(value: string): string | undefined {
  const bar = value.indexOf('|');
  const system = value.slice(0, Math.max(bar, 0));
  if (bar > 0 && (ALIASES[system] ?? system) !== SYSTEMS.hsaId) return undefined;
  return normalizeHsaId(
    value
      .slice(bar + 1)
      .split('/')
      .at(-1)!,
  );
}

/** The criteria as the directory knows them; undefined when nothing can be found by them. */
function criteriaOf({ parameters }: DirectoryType, sent: readonly Sent[]): Criteria | undefined {
  const criteria: Criteria = {};
  for (const { name, modifier, value } of sent) {
    const { by, type } = parameters[name]!;
    const names: readonly (keyof Criteria)[] = by === 'role' ? ['hsaId', 'unit'] : [by];
    if (
      names.some((one) => criteria[one] !== undefined) ||
      value.includes(',') ||
      (modifier !== undefined && type !== 'reference')
    ) {
      const reason = wrong(name, 'Tar ett värde, utan modifierare.', 'Takes one value, without modifiers.');
      throw searchParameterInvalid({ invalidParameters: [reason] });
    }
    const wanted = by === 'name' ? [value] : (by === 'role' ? value.split('.') : [value]).map(hsaIdIn);
    if (wanted.length !== names.length) return undefined;
    for (const [i, one] of names.entries()) {
      if (wanted[i] === undefined) return undefined;
      criteria[one] = wanted[i];
    }
  }
  return criteria;
}

async function search(deps: FhirDeps, type: string, request: FastifyRequest, reply: FastifyReply) {
  const searched = DIRECTORY_SEARCHES[type]!;
  const asked = readSearch(request, new Set(Object.keys(searched.parameters)), new Set(), NO_LINKS);
  const base = doorUrl(request, deps);
  refuseModifiers(asked.criteria, REFERENCE_MODIFIERS);
  const criteria = criteriaOf(searched, asked.criteria);
  if (!criteria) return sendResource(reply, emptyBundle(`${base}/${type}`));
  const scope = { actor: actorKey(request.actor), route: `${deps.prefix}/${type}`, filter: criteria };
  const after = asked.cursor === undefined ? undefined : deps.cursors.decode(scope, asked.cursor, position);
  const limit = Math.max(asked.count, 1);
  const page = { what: searched.what, criteria: { ...criteria, active: true }, after, limit };
  const { entries, next } = await searchDirectory(deps.desk, askingOf(request), page);
  const others = entries.length === 0 && type === 'Organization' ? await aboveUnits(deps, request, criteria) : [];
  const found = [...entries, ...others].flatMap((entry) => searched.resources(entry as never, criteria));
  return sendFound(deps, request, reply, asked, {
    type,
    resources: found,
    ...(next ? { next: deps.cursors.encode(scope, next) } : after === undefined && { total: found.length }),
  });
}

/** Providers and principals are organizations too, and found by their HSA-id by those who may read them. */
async function aboveUnits(deps: FhirDeps, request: FastifyRequest, criteria: Criteria) {
  const { hsaId, ...rest } = criteria;
  if (hsaId === undefined || Object.keys(rest).length > 0 || request.actor.kind === 'citizen') return [];
  for (const what of ['providers', 'principals'] as const) {
    const { entries } = await searchDirectory(deps.desk, askingOf(request), { what, criteria: { hsaId }, limit: 1 });
    if (entries.length > 0) return entries;
  }
  return [];
}
