/** What all stories before have complained of. */

import type { Story } from '../lib/story';

export const complaintsStory: Story = {
  name: 'all of that',
  steps: [{ name: 'nothing was complained of', run: ({ complaints }) => complaints.expectNone() }],
};
