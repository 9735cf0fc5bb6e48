import type { FhirDeps } from '../deps.ts';
import { CAPABILITY_ID } from '../mapping/systems.ts';
import { PARAMETERS } from '../search/parameters.ts';
import { smartSecurity } from '../smart/configuration.ts';
import { R5_PROFILES } from './care-team.ts';

const READ = { code: 'read' } as const;

/** What is only read, for references from a team. */
export const READ_IN_R5 = ['Patient', 'Practitioner', 'PractitionerRole', 'Organization'] as const;

/** What the R5 door can do: a team and what it refers to, to be read. */
export function capabilityR5(deps: FhirDeps, base: string, released: string): fhir5.CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    id: `${CAPABILITY_ID}-r5`,
    url: `${deps.urls.capability}-r5`,
    version: deps.softwareVersion,
    name: 'PatientkontraktR5',
    title: 'Patientkontrakt, FHIR R5',
    status: 'active',
    date: released,
    publisher: 'Patientkontrakt',
    description: 'Fasta kontakter och planens team enligt Ineras guide för CareTeam. Allt annat finns på FHIR R4.',
    kind: 'instance',
    software: { name: 'Patientkontrakt', version: deps.softwareVersion },
    implementation: { description: 'Patientkontrakt', url: base },
    fhirVersion: '5.0.0',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation: 'En sökning gäller en patient. Personnummer skickas bara i innehållet till POST _search.',
        security: {
          cors: deps.browserApps,
          ...(smartSecurity(deps.smart) as object),
          description: 'Åtkomstbiljett (Bearer).',
        },
        resource: [
          {
            type: 'CareTeam',
            supportedProfile: Object.values(R5_PROFILES),
            interaction: [READ, { code: 'search-type' }],
            versioning: 'versioned',
            searchParam: Object.entries(PARAMETERS.CareTeam).map(([name, { type, documentation }]) => ({
              name,
              type,
              documentation,
            })),
          },
          ...([...READ_IN_R5, 'CapabilityStatement'] as const).map((type) => ({ type, interaction: [READ] })),
        ],
      },
    ],
  };
}
