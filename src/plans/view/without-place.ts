import type { ContactChannel } from '../domain/contact-channel.ts';
import type { OverviewRecord } from '../store/record.ts';

/** Where one comes in person or writes to: an address. */
const IN_PERSON: ReadonlySet<ContactChannel['kind']> = new Set<ContactChannel['kind']>(['visit', 'letter']);

type Named = Pick<OverviewRecord, 'units' | 'channels'>;

/**
 * Units and channels as a protected person's overview and sheets name them: where the care is tells where the person is,
 * and screen and paper may be seen by others (OSL 21:3). Units are *vården* and *omsorgen*, also inside the words of a
 * channel, and no channel is an address; numbers to call remain, since it is the person who calls. The place of a step the
 * policy has left out before (`Sight.placeless`).
 */
export function withoutPlace({ units, channels }: Named): Named {
  const names = [...units.values()].flatMap((unit) =>
    [unit.name, unit.provider.name].map((name) => [name, CALLED[unit.provider.kind]] as const),
  );
  const told = names.filter(([name]) => name !== '').sort(([a], [b]) => b.length - a.length);
  return {
    units: new Map([...units].map(([hsaId, unit]) => [hsaId, { ...unit, name: CALLED[unit.provider.kind] }] as const)),
    channels: new Map([...channels].map(([owner, own]) => [owner, placeless(own, told)] as const)),
  };
}

const CALLED = { care: 'vården', 'social-care': 'omsorgen' } as const;

type Told = readonly (readonly [name: string, instead: string])[];

function placeless(channels: readonly ContactChannel[], told: Told): readonly ContactChannel[] {
  return channels
    .filter(({ kind }) => !IN_PERSON.has(kind))
    .map((channel) => ({
      ...channel,
      purpose: unnamed(channel.purpose, told),
      ...(channel.whenClosed ? { whenClosed: unnamed(channel.whenClosed, told) } : {}),
      ...(channel.inEmergency ? { inEmergency: unnamed(channel.inEmergency, told) } : {}),
    }));
}

function unnamed(text: string, told: Told): string {
  return told.reduce((words, [name, instead]) => words.replaceAll(name, instead), text);
}
