/** All stories in one window. */

import { compareStory } from './stories/compare';
import { complaintsStory } from './stories/complaints';
import { fitStory } from './stories/fit';
import { keyboardStory } from './stories/keyboard';
import { particlesStory } from './stories/particles';
import { survivalStory } from './stories/survival';
import { themeStory } from './stories/themes';
import { tell, type Totals } from './lib/story';
import { createWorld, type WorldOptions } from './lib/world';

const stories = [fitStory, compareStory, themeStory, keyboardStory, survivalStory, particlesStory, complaintsStory];

export { takePictures } from './pictures';

export async function tellAll(options: WorldOptions): Promise<Totals> {
  return tell(stories, createWorld(options));
}
