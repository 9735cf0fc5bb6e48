import { needsWhenReaching } from '../../patients/index.ts';
import type { PlanContext } from '../domain/context.ts';
import { explanationsOwed } from '../domain/sip-on-hold.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../domain/time-settings.ts';
import type { Language } from '../domain/when-words.ts';
import type { OverviewRecord } from '../store/record.ts';

/** What the next step and the overview of a record are made of, beside its plans: one moment, one reader's language. */
export function contextOf(
  record: OverviewRecord,
  now: number,
  language: Language,
  settings: TimeSettings = DEFAULT_TIME_SETTINGS,
): PlanContext {
  const { patient, relatedPersons, units, channels, staff } = record;
  return {
    now,
    owed: explanationsOwed(record.content, { now, units }),
    settings,
    language,
    deceased: patient?.deceasedOn !== undefined,
    needs: patient ? needsWhenReaching(patient.contactNeeds, patient.preferredContactWay) : {},
    relatives: new Map(relatedPersons.map((one) => [one.id, { name: one.name, relation: one.kinship }])),
    units: isProtected(record) ? unitsWithoutPlace(units) : units,
    channels,
    staff,
  };
}

function isProtected({ law }: OverviewRecord): boolean {
  const { protection } = law.patient ?? {};
  return protection !== undefined && protection !== 'none' && protection.grade !== 'lifted';
}

/**
 * Units as a protected person's overview and sheets name them: where the care is tells where the person is, and screen
 * and paper may be seen by others (OSL 21:3).
 */
function unitsWithoutPlace(units: OverviewRecord['units']): OverviewRecord['units'] {
  const named = [...units].map(([hsaId, unit]) => {
    const name = unit.provider.kind === 'care' ? 'vården' : 'omsorgen';
    return [hsaId, { ...unit, name }] as const;
  });
  return new Map(named);
}
