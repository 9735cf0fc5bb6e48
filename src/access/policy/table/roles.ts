import type { Actor } from '../../../shared/actor.ts';
import type { SwedishDate } from '../../../shared/owned.ts';
import type { Facts } from '../facts.ts';
import type { RelatedFacts } from '../facts-person.ts';
import type { Target } from '../target.ts';
import {
  AFTER,
  askedAt,
  BEFORE,
  CITIZEN,
  FACTS,
  PLAN,
  participant,
  RELATED_ID,
  staffAt,
  systemOf,
  UNITS,
} from './world.ts';

/** One who asks, in one relation to patient and plan. */
export interface Role {
  readonly name: string;
  readonly actor: Actor;
  readonly facts: Facts;
}

const { healthCentre, ward, nursing, homeCare, school, stranger } = UNITS;

function staffRole(
  name: string,
  of: (typeof UNITS)[keyof typeof UNITS],
  facts: Facts = FACTS,
  rights?: string[],
): Role {
  const target: Target = {
    unit: of.hsaId,
    provider: of.provider.hsaId,
    relationKind: of.provider.kind === 'care' ? 'care' : 'intervention',
    receiver: { kind: 'unit', hsaId: school.hsaId },
    ground: 'harm-assessment',
  };
  return { name, actor: staffAt(of, rights), facts: { ...askedAt(of, facts), target } };
}

function related(fields: Partial<RelatedFacts>): Partial<Facts> {
  return { related: [{ id: RELATED_ID, kind: 'guardian', ...fields }] };
}

function citizenRole(name: string, birthDate: SwedishDate, facts: Partial<Facts>): Role {
  return { name, actor: CITIZEN, facts: { ...FACTS, patient: { birthDate, protection: 'none' }, ...facts } };
}

const withoutConsent: Facts = { ...FACTS, consents: [] };
const over: Facts = {
  ...FACTS,
  plan: { ...PLAN, participants: [participant(nursing, { state: 'left', hasDuty: false, endedAt: BEFORE })] },
};
const relation = { unit: ward.hsaId, kind: 'care', from: BEFORE } as const;
const emergency = {
  id: RELATED_ID,
  staff: staffAt(stranger).employeeHsaId,
  unit: stranger.hsaId,
  from: BEFORE,
  until: AFTER,
  reason: 'medvetslös',
  consentUnobtainable: true,
  patientCannotLift: true,
};

/** Ages on the day of the world: 16 November 2026. */
const ADULT = '1984-04-20';
const FOURTEEN = '2012-05-01';
const TWELVE = '2014-05-01';
const THIRTEEN = '2013-11-16';

/** Who asks in the policy table, in the order of its numbers. */
export const ROLES: readonly Role[] = [
  staffRole('planeringsansvarig vårdgivare', healthCentre),
  staffRole('vårdgivare som deltar, samtycke finns', nursing),
  staffRole('vårdgivare som deltar, samtycke saknas', nursing, withoutConsent),
  staffRole('annan enhet hos samma vårdgivare, med patientrelation', ward, { ...FACTS, careRelations: [relation] }),
  staffRole('annan enhet hos samma vårdgivare, utan relation', ward),
  staffRole('omsorgsgivare som deltar (hemtjänst, utan uppdrag), samtycke finns', homeCare),
  staffRole('omsorgsgivare som deltar, samtycke saknas', homeCare, withoutConsent),
  staffRole('deltagare utanför lagen (skola)', school),
  staffRole('vårdgivare vars del är avslutad', nursing, over),
  staffRole('främmande vårdgivare', stranger),
  staffRole('främmande vårdgivare med nödöppning', stranger, { ...FACTS, emergencies: [emergency] }),
  staffRole('deltagare som inte står på den skyddades lista', nursing, {
    ...FACTS,
    patient: { birthDate: ADULT, protection: { grade: 'confidentiality-mark', list: [] } },
  }),
  staffRole('spärradministratör', healthCentre, FACTS, ['Läsa;alla;VE', 'Spärradministration;alla;VG']),
  staffRole('loggranskare', healthCentre, FACTS, ['Loggkontroll;alla;VG']),
  staffRole('planadministratör', healthCentre, FACTS, ['Läsa;alla;VE', 'Planadministration;alla;VG']),
  citizenRole('patient, 16 år eller äldre', ADULT, { isSelf: true }),
  citizenRole('patient, 13–15 år', FOURTEEN, { isSelf: true }),
  citizenRole('patient, 13–15 år, enheten har öppnat', FOURTEEN, {
    isSelf: true,
    unitDecisions: [{ unit: healthCentre.hsaId, opensFor: 'child', from: BEFORE }],
  }),
  citizenRole('vårdnadshavare, barn under 13', TWELVE, related({})),
  citizenRole('vårdnadshavare, barnet fyller 13 i dag', THIRTEEN, related({})),
  citizenRole('blockerad vårdnadshavare, barn under 13', TWELVE, {
    ...related({}),
    guardianBlocks: [{ from: BEFORE }],
  }),
  citizenRole('legal ställföreträdare', ADULT, related({ kind: 'legal-representative', decisionReference: 'Ä 1-26' })),
  citizenRole('ombud', ADULT, related({ kind: 'proxy' })),
  citizenRole('närstående', ADULT, related({ kind: 'relative' })),
  citizenRole('främmande medborgare', ADULT, {}),
  { name: 'system hos en vårdgivare som deltar', actor: systemOf(nursing), facts: FACTS },
  { name: 'system hos en främmande vårdgivare', actor: systemOf(stranger), facts: FACTS },
];
