import type { OpeningHours } from '../../shared/opening-hours.ts';
import { some } from './owned.ts';
import { type ChannelFacts, contactPoints } from './telecom.ts';

/** A channel with its hours in words, already chosen for the reader. */
export interface ChannelShown extends ChannelFacts {
  readonly openingHoursText: string;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  phone: 'Telefon',
  '1177-message': 'Meddelande i 1177',
  'web-booking': 'Webbokning',
  video: 'Video',
  visit: 'Besök',
  switchboard: 'Växel',
  'e-mail': 'E-post',
  letter: 'Brev',
};

/** The hours that some channels share, for machines; none when they differ, since FHIR's are of all of them at once. */
export function availableTime(channels: readonly ChannelFacts[]): fhir4.HealthcareServiceAvailableTime[] {
  const hours = new Map(channels.map(({ openingHours }) => [JSON.stringify(openingHours), openingHours]));
  const [only] = hours.values();
  if (hours.size !== 1 || !only) return [];
  if (only.always) return [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true }];
  return only.weekly.flatMap(({ days, from, to }) => {
    // Night hours end the day after, which FHIR cannot say: they stand in the comment.
    if (days.length === 0 || to <= from || to === '24:00') return [];
    return [{ daysOfWeek: [...days], availableStartTime: `${from}:00`, availableEndTime: `${to}:00` }];
  });
}

function closedDays(hours: readonly OpeningHours[]): fhir4.HealthcareServiceNotAvailable[] {
  const dates = new Set(
    hours.flatMap(({ exceptions }) => exceptions.filter((one) => one.closed).map((one) => one.date)),
  );
  const shared = [...dates].filter((date) =>
    hours.every(({ exceptions }) => exceptions.some((one) => one.closed && one.date === date)),
  );
  return shared.sort().map((date) => ({ description: 'Stängt', during: { start: date, end: date } }));
}

function inWords(channel: ChannelShown): string {
  const { kind, value, purpose, openingHoursText, whenClosed, inEmergency } = channel;
  const rest = [openingHoursText, whenClosed, inEmergency].filter(Boolean).join(' ');
  return `${KIND_WORDS[kind] ?? kind} (${purpose}): ${value}. ${rest}`.trim();
}

/** A unit as one reaches it: each channel with its own hours in words, the common ones also for machines. */
export function healthcareServiceFrom(
  unit: { readonly hsaId: string; readonly name: string; readonly active: boolean },
  channels: readonly ChannelShown[],
): fhir4.HealthcareService {
  return {
    resourceType: 'HealthcareService',
    id: unit.hsaId,
    active: unit.active,
    providedBy: { reference: `Organization/${unit.hsaId}`, display: unit.name },
    name: unit.name,
    ...(channels.length > 0 && { comment: channels.map(inWords).join('\n') }),
    telecom: some(contactPoints(channels)),
    availableTime: some(availableTime(channels)),
    notAvailable: some(closedDays(channels.map(({ openingHours }) => openingHours))),
  };
}
