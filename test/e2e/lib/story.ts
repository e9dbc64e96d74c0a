/** Stories: what a user does, step by step, each step a check with a name. */

import type { World } from './world';

export interface Step {
  readonly name: string;
  /** Throws where something is not as it should be. */
  readonly run: (world: World) => Promise<void>;
}

export interface Story {
  readonly name: string;
  /** Each builds on those before it: after a failure the rest of the story counts as failed. */
  readonly steps: readonly Step[];
  /** Without it the stories after it make no sense. */
  readonly essential?: boolean;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

/** Tells the stories in the world, one after the other. */
export async function tell(stories: readonly Story[], world: World): Promise<Totals> {
  let passed = 0;
  let failed = 0;
  let hopeless = false;
  for (const story of stories) {
    let broken = hopeless;
    for (const [index, step] of story.steps.entries()) {
      const title = `${story.name}: ${step.name}`;
      if (broken) {
        failed++;
        world.say(`  FAIL ${title}: not reached`);
        continue;
      }
      const begin = performance.now();
      try {
        await step.run(world);
        await world.complaints.expectNone();
        passed++;
        world.say(`  ok   ${title} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
      } catch (error) {
        failed++;
        broken = true;
        hopeless ||= story.essential === true;
        const picture = await world.photographFailure(`${story.name} ${index + 1}`);
        world.say(`  FAIL ${title}: ${error instanceof Error ? error.message : String(error)}\n       see ${picture}`);
      }
    }
  }
  return { passed, failed };
}
