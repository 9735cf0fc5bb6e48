import { randomBytes } from 'node:crypto';
import type { BenchPlace } from '../place.ts';
import { type SeedOptions, seedWorld, type World } from './seed.ts';

/** A world, and the key that its persons' numbers are hashed with. */
export interface KeyedWorld {
  readonly world: World;
  readonly personNumberKey: Buffer;
}

type Size = Omit<SeedOptions, 'ownerUrl' | 'appUrl' | 'personNumberKey'>;

/** The world that an earlier run kept in this place, or a new one, kept for the next. */
export async function worldOf(place: BenchPlace, size: Size): Promise<KeyedWorld> {
  if (place.kept !== undefined) {
    const { world, key } = JSON.parse(place.kept) as { world: World; key: string };
    return { world, personNumberKey: Buffer.from(key, 'hex') };
  }
  const { ownerUrl, appUrl } = place;
  const personNumberKey = randomBytes(32);
  const world = await place.filled(() => seedWorld({ ...size, ownerUrl, appUrl, personNumberKey }));
  await place.keep(JSON.stringify({ world, key: personNumberKey.toString('hex') }));
  return { world, personNumberKey };
}
