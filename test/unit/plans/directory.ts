import type { PlanContext } from '../../../src/plans/domain/context.ts';
import type { ContactChannel } from '../../../src/plans/domain/reach.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../src/plans/domain/time-settings.ts';
import { WEEKDAYS } from '../../../src/shared/calendar.ts';
import type { OpeningHours } from '../../../src/shared/opening-hours.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { tst } from './plan-builder.ts';

const REGION = { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region' } as const;
const KOMMUN = { hsaId: tst('H03'), name: 'Provköpings kommun', kind: 'municipality' } as const;

function unit(suffix: string, name: string, principal: UnitFacts['principal'], area: UnitFacts['area']): UnitFacts {
  const kind = area === 'health' ? 'care' : 'social-care';
  const provider = { hsaId: tst(`P${suffix}`), name: principal.name, kind } as const;
  return { hsaId: tst(suffix), name, area, active: true, provider, principal };
}

const UNITS = [
  unit('0101', 'Medicinavdelning 4', REGION, 'health'),
  unit('0102', 'Hjärtmottagningen', REGION, 'health'),
  unit('0103', 'Psykiatrin', REGION, 'health'),
  unit('0105', 'Mag- och tarmmottagningen', REGION, 'health'),
  unit('0201', 'Testeryds vårdcentral', REGION, 'health'),
  unit('0302', 'Hemsjukvården', KOMMUN, 'health'),
  unit('0303', 'Hemtjänst Norr', KOMMUN, 'older'),
  unit('0304', 'Socialtjänst unga vuxna', KOMMUN, 'individual-and-family'),
];

export const ALWAYS: OpeningHours = { weekly: [], holidays: 'as-usual', exceptions: [], always: true };

export function weekdays(from: string, to: string): OpeningHours {
  return { weekly: [{ days: WEEKDAYS.slice(0, 5), from, to }], holidays: 'closed', exceptions: [] };
}

export function phone(value: string, openingHours: OpeningHours): ContactChannel {
  return { kind: 'phone', value, purpose: 'Frågor om din plan', audience: 'patient', openingHours };
}

const CHANNELS: readonly [string, ContactChannel][] = [
  [tst('0101'), phone('040-6280401', ALWAYS)],
  [tst('0102'), phone('040-6280402', weekdays('08:00', '16:00'))],
  [tst('0103'), phone('040-6280403', weekdays('08:00', '16:00'))],
  [tst('0105'), phone('040-6280405', weekdays('08:00', '12:00'))],
  [tst('0201'), phone('040-6280420', weekdays('08:00', '17:00'))],
  [tst('0302'), phone('08-46500432', ALWAYS)],
  [tst('0304'), phone('08-46500434', weekdays('09:00', '15:00'))],
  [tst('P003'), phone('040-6280411', weekdays('08:00', '16:00'))],
];

/** The scenarios' directory at a moment, read in Swedish by a patient who lives and has no particular needs. */
export function contextAt(moment: string | number, fields: Partial<PlanContext> = {}): PlanContext {
  const channels = new Map(CHANNELS.map(([owner, channel]) => [owner, [channel]]));
  const professional = { ...phone('040-6280442', ALWAYS), audience: 'professional' } as const;
  channels.get(tst('0201'))!.push(professional);
  return {
    now: typeof moment === 'number' ? moment : Date.parse(moment),
    settings: DEFAULT_TIME_SETTINGS,
    deceased: false,
    language: 'sv',
    units: new Map(UNITS.map((facts) => [facts.hsaId, facts])),
    channels,
    needs: {},
    relatives: new Map(),
    ...fields,
  };
}
