import { isProtectedNow } from '../../access/index.ts';
import { needsWhenReaching } from '../../patients/index.ts';
import { designationsOwed } from '../domain/contact-owed.ts';
import type { PlanContext } from '../domain/context.ts';
import { explanationsOwed } from '../domain/sip-on-hold.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../domain/time-settings.ts';
import type { Language } from '../domain/when-words.ts';
import type { OverviewRecord } from '../store/record.ts';
import { withoutPlace } from './without-place.ts';

/** What the next step and the overview of a record are made of, beside its plans: one moment, one reader's language. */
export function contextOf(
  record: OverviewRecord,
  now: number,
  language: Language,
  settings: TimeSettings = DEFAULT_TIME_SETTINGS,
): PlanContext {
  const { patient, relatedPersons, staff } = record;
  const { units, channels } = isProtectedNow(record.law) ? withoutPlace(record) : record;
  return {
    now,
    owed: [...explanationsOwed(record.content, { now, units }), ...designationsOwed(record.content, { units })],
    settings,
    language,
    deceased: patient?.deceasedOn !== undefined,
    needs: patient ? needsWhenReaching(patient.contactNeeds, patient.preferredContactWay) : {},
    relatives: new Map(relatedPersons.map((one) => [one.id, { name: one.name, relation: one.kinship }])),
    units,
    channels,
    staff,
  };
}
