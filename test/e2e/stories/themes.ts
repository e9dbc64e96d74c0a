import assert from 'node:assert/strict';
import { panelFrame, picture } from '../lib/panel';
import type { Story } from '../lib/story';
import { setTheme, themes } from '../lib/workbench';
import { until } from '../lib/world';

const cards = ['loss', 'density', 'modes', 'marginals'] as const;

export const themeStory: Story = {
  name: 'colour themes',
  steps: [...themes.slice(1), themes[0]].map((theme) => ({
    name: `canvases follow ${theme.label}`,
    run: async ({ page }) => {
      const frame = await panelFrame(page);
      const before = await Promise.all(cards.map((card) => picture(frame, card)));
      await setTheme(page, theme);
      await until(
        'the class of the page',
        () => frame.evaluate(() => [...document.body.classList]),
        (classes) => classes.includes(theme.webview),
      );
      for (const [index, card] of cards.entries())
        await until(
          `${card} in other colours`,
          () => picture(frame, card),
          ({ sum }) => sum !== before[index]!.sum,
        );
      const isDark = await frame.evaluate(() => {
        const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(Number);
        return red + green + blue < 384;
      });
      assert.equal(isDark, !theme.name.includes('light'));
    },
  })),
};
