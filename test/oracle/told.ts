import { askAndCompare } from './ask.ts';
import type { Difference } from './run.ts';
import type { OracleService } from './service.ts';
import { shrinkWorld } from './shrink.ts';
import { askingInWords, worldInWords } from './story.ts';

/** A difference as a small story: the fewest facts that still give it, what was asked, expected and got. */
export async function tell(service: OracleService, { world, ask, differences: [first] }: Difference): Promise<string> {
  const isStillThere = async (smaller: typeof world) => {
    if (!smaller.plans.some(({ id }) => id === ask.plan)) return false;
    await service.put(smaller);
    try {
      return (await askAndCompare(service, smaller, ask)).includes(first!);
    } finally {
      await service.take(smaller);
    }
  };
  const small = await shrinkWorld(world, isStillThere);
  const at = ask.at === world.pivot ? 'T' : `T−${world.pivot - ask.at} ms`;
  const asked = `${ask.what} of plan ${ask.plan.slice(0, 4)} by ${askingInWords(ask.asking)} at ${at}`;
  return [`${first} [world ${world.seed}]`, asked, ...worldInWords(small)].join('\n  ');
}
