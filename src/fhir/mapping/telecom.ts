import type { OpeningHours } from '../../shared/opening-hours.ts';
import type { ReaderKind } from './view.ts';

/** A channel as the directory holds it; who it is for decides who is shown it. */
export interface ChannelFacts {
  readonly kind: string;
  readonly value: string;
  readonly purpose: string;
  readonly audience: 'patient' | 'professional';
  readonly openingHours: OpeningHours;
  readonly whenClosed?: string | null;
  readonly inEmergency?: string | null;
}

/** A number for professionals never reaches a patient: nobody there answers for patients. */
export function channelsFor<C extends Pick<ChannelFacts, 'audience'>>(reader: ReaderKind, channels: readonly C[]): C[] {
  return channels.filter((channel) => reader !== 'citizen' || channel.audience === 'patient');
}

const SYSTEM_OF: Readonly<Record<string, NonNullable<fhir4.ContactPoint['system']>>> = {
  phone: 'phone',
  switchboard: 'phone',
  'e-mail': 'email',
  '1177-message': 'other',
  'web-booking': 'url',
  video: 'url',
};

/** The channel as a contact point; undefined for places (visit, letter), which are none. */
export function contactPoint({ kind, value }: Pick<ChannelFacts, 'kind' | 'value'>): fhir4.ContactPoint | undefined {
  const system = SYSTEM_OF[kind];
  return system === undefined ? undefined : { system, value, use: 'work' };
}

export function contactPoints(channels: readonly Pick<ChannelFacts, 'kind' | 'value'>[]): fhir4.ContactPoint[] {
  return channels.flatMap((channel) => contactPoint(channel) ?? []);
}
