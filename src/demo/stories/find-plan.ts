import { type Shown, type Stage, StageFault } from '../stage.ts';

/** The source system that the stories' plans say they come from. */
export const STORY_SOURCE = 'demonstration';

/** All the stories' plans are written by units of this system's provider, so that it can look them up. */
const SYSTEM = 'demo-region-journal';

/** The plan of a story, by its name; undefined while none has been written. */
export async function findStoryPlan(stage: Stage, name: string): Promise<string | undefined> {
  try {
    const body = { source: STORY_SOURCE, id: name };
    return (await stage.send<Shown>(SYSTEM, { method: 'POST', url: '/v1/plans/lookup', body })).id;
  } catch (error) {
    if (error instanceof StageFault && error.status === 404) return undefined;
    throw error;
  }
}
