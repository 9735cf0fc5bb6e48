import type { Asking, Desk } from '../access/index.ts';
import { openAt } from '../shared/opening-hours.ts';
import { notFound } from '../shared/problems.ts';
import { hoursInText } from './domain/opening-hours-text.ts';
import { readDirectory } from './search-directory.ts';
import { readUnitChannels, type StoredChannel } from './store/unit-channels.ts';

/** A channel as it is at this moment. */
export interface ChannelNow extends StoredChannel {
  readonly openingHoursText: string;
  readonly open: boolean;
  /** Epoch milliseconds when it closes, or opens; undefined when that is not in sight. */
  readonly changesAt: number | undefined;
}

/**
 * Lists how a unit is reached, in its own order, and what is open now (business time). A citizen sees the patients'
 * channels only: a number for professionals in a patient's hands would be a line that nobody answers for patients.
 *
 * @throws notFound when the directory has no such unit
 */
export function listChannels(desk: Desk, asking: Asking, hsaId: string): Promise<ChannelNow[]> {
  const now = desk.clock.now();
  return readDirectory(desk, asking, {
    load: () => readUnitChannels(desk.pool, asking.actor, hsaId),
    criteria: ['hsaId'],
    show: ([unit]: readonly { readonly channels: readonly StoredChannel[] }[]) => {
      if (!unit) throw notFound();
      const shown = unit.channels.filter((c) => asking.actor.kind !== 'citizen' || c.audience === 'patient');
      return shown.map((channel) => channelAt(channel, now));
    },
  });
}

function channelAt(channel: StoredChannel, now: number): ChannelNow {
  const opening = openAt(channel.openingHours, now);
  const changesAt = opening.open ? opening.until : opening.opens;
  return { ...channel, openingHoursText: hoursInText(channel.openingHours), open: opening.open, changesAt };
}
