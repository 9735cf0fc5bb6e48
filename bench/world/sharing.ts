import { recordConsent } from '../../src/consents/domain/consent.ts';
import { DEFAULT_CONSENT_SETTINGS } from '../../src/consents/domain/demands.ts';
import type { NewConsent } from '../../src/consents/domain/model.ts';
import { consentRow } from '../../src/consents/store/changes.ts';
import type { RowChange } from '../../src/db/save-rows.ts';
import type { Days } from '../../src/demo/days.ts';
import type { PatientId } from '../../src/shared/ids.ts';
import type { UnitFacts } from '../../src/shared/unit-facts.ts';
import { recordInformation, registerCareRelation } from '../../src/sharing/domain/relations.ts';
import { sharingRow } from '../../src/sharing/store/changes.ts';
import { type District, unitsOf } from './district.ts';
import { actOf } from './lived-plan.ts';

/**
 * All that the law asks for before the units around a patient may read one another's contributions: that the person was
 * told by each provider (lag 2022:913 2:2), a consent to plan together and one to read per provider (3:1, 3:2), and each
 * unit's own relation. Made by the service's own rules alone.
 */
export function sharingRows(patientId: PatientId, district: District, days: Days, now: string): RowChange[] {
  const units = unitsOf(district);
  const speakers = [...new Map(units.map((unit) => [unit.provider.hsaId, unit])).values()];
  return [
    ...speakers.map((unit) => {
      const told = recordInformation(actOf(unit, now), patientId, { form: 'oral' }, new Set());
      return sharingRow({ kind: 'information-given', after: told });
    }),
    ...units.map((unit) => {
      const kind = unit.provider.kind === 'care' ? 'care' : 'intervention';
      const relation = registerCareRelation(actOf(unit, now), patientId, unit, { kind });
      return sharingRow({ kind: 'care-relation', after: relation });
    }),
    ...consentsOf(patientId, district, speakers, days, now),
  ];
}

function consentsOf(
  patientId: PatientId,
  { units: { centre } }: District,
  speakers: readonly UnitFacts[],
  days: Days,
  now: string,
): RowChange[] {
  const principals = [...new Set(speakers.map(({ principal }) => principal.hsaId))];
  const common = {
    state: 'given',
    form: 'oral',
    data: 'Planeringen: mål, insatser och tider',
    purpose: 'Samordnad planering',
    until: days.at(days.day(365), '23:59'),
    takenBy: { name: 'Prov Personal-0' },
  } as const;
  const take = (given: Pick<NewConsent, 'type' | 'recipient'>, providerKind: UnitFacts['provider']['kind']) => {
    const facts = { active: true, providerKind };
    const act = actOf(centre, now);
    return consentRow(
      recordConsent(act, patientId, { ...common, ...given }, facts, DEFAULT_CONSENT_SETTINGS),
      'insert',
    );
  };
  return [
    ...principals.map((hsaId) => take({ type: 'sip', recipient: { kind: 'principal', hsaId } }, 'care')),
    ...speakers.map(({ provider: { hsaId, kind } }) => {
      const type = kind === 'care' ? 'read-care' : 'read-social';
      return take({ type, recipient: { kind: 'provider', hsaId } }, kind);
    }),
  ];
}
