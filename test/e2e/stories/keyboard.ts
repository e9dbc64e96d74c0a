/** Without a mouse, and with less motion. */

import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { button, panelFrame, picture } from '../lib/panel';
import type { Story } from '../lib/story';
import { until } from '../lib/world';

const focusable =
  'vscode-button, vscode-checkbox, vscode-dropdown, vscode-text-field, input[type="range"], summary, canvas[tabindex="0"], .chip-button';

export const keyboardStory: Story = {
  name: 'the keyboard alone',
  steps: [
    {
      name: 'Tab reaches every control in the order of the page, and shows where it is',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await page.keyboard.press('Control+2');
        const wanted = await controls(frame);
        assert.ok(wanted.length > 20, wanted.join(' | '));
        await frame.locator('h1').click();
        const seen: string[] = [];
        const invisible: string[] = [];
        for (let i = 0; i < wanted.length + 10; i++) {
          await page.keyboard.press('Tab');
          const focus = await focused(frame);
          if (focus === undefined || seen.includes(focus.name)) break;
          seen.push(focus.name);
          if (!focus.visible) invisible.push(focus.name);
        }
        assert.deepEqual(
          wanted.filter((name) => !seen.includes(name)),
          [],
          'not reached',
        );
        assert.deepEqual(
          seen.filter((name) => wanted.includes(name)),
          wanted,
          'another order',
        );
        assert.deepEqual(invisible, [], 'focus not to be seen');
      },
    },
    {
      name: 'Space turns a layer on',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        const before = await picture(frame, 'density');
        const score = frame.getByRole('checkbox', { name: 'Score' });
        await score.focus();
        await page.keyboard.press('Space');
        await until(
          'arrows',
          () => picture(frame, 'density'),
          ({ sum }) => sum !== before.sum,
        );
        assert.ok(await score.isChecked());
      },
    },
    {
      name: 'arrow keys move the scrubber',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        const label = frame.locator('.scrub-label');
        await frame.getByRole('slider', { name: 'Snapshot' }).focus();
        await page.keyboard.press('ArrowLeft');
        const last = await until(
          'a snapshot',
          () => label.textContent(),
          (text) => (text ?? '').startsWith('Step'),
        );
        await page.keyboard.press('ArrowLeft');
        await until(
          'the one before',
          () => label.textContent(),
          (text) => (text ?? '').startsWith('Step') && text !== last,
        );
        await page.keyboard.press('End');
        await until(
          'the last picture',
          () => label.textContent(),
          (text) => (text ?? '').startsWith('Last'),
        );
      },
    },
    {
      name: 'Enter opens a menu, Escape closes it, and keys zoom the picture',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await button(frame, 'Save: Density').focus();
        await page.keyboard.press('Enter');
        await frame.getByRole('menuitem', { name: 'Save as PNG' }).first().waitFor();
        await page.keyboard.press('Escape');
        await frame.getByRole('menu', { name: 'Save: Density' }).waitFor({ state: 'hidden' });
        const before = await picture(frame, 'density');
        await frame.locator('#density canvas').focus();
        await page.keyboard.press('+');
        await until(
          'a nearer view',
          () => picture(frame, 'density'),
          ({ sum }) => sum !== before.sum,
        );
        await page.keyboard.press('0');
        await until(
          'the whole view',
          () => picture(frame, 'density'),
          ({ sum }) => sum === before.sum,
        );
      },
    },
    {
      name: 'nothing moves by itself where less motion is wanted',
      run: async ({ page }) => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const frame = await panelFrame(page);
        const moving = await frame.evaluate(() => ({
          reduced: matchMedia('(prefers-reduced-motion: reduce)').matches,
          animations: document.getAnimations().length,
          transitions: [...document.querySelectorAll('*')].filter((element) => parseFloat(getComputedStyle(element).transitionDuration) > 0)
            .length,
        }));
        await page.emulateMedia({ reducedMotion: 'no-preference' });
        assert.deepEqual(moving, { reduced: true, animations: 0, transitions: 0 });
      },
    },
  ],
};

/** Names of the controls that can be used now, in the order of the page. */
async function controls(frame: Frame): Promise<readonly string[]> {
  return frame
    .locator(focusable)
    .evaluateAll((all) =>
      all
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.hasAttribute('disabled'))
        .map((element) => `${element.closest('.card')?.id ?? ''} ${element.getAttribute('aria-label') ?? element.textContent.trim()}`),
    );
}

/** The control that has the focus, and whether that is to be seen; undefined once the focus has left the page. */
async function focused(frame: Frame): Promise<{ readonly name: string; readonly visible: boolean } | undefined> {
  return frame.evaluate(() => {
    const host = document.activeElement;
    if (host === null || host === document.body || !document.hasFocus()) return undefined;
    let inner: Element = host;
    while (inner.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement;
    const parts = [host, inner, ...(host.shadowRoot?.querySelectorAll('.control, .root') ?? [])];
    const outlined = parts.some((part) => {
      const { outlineStyle, outlineWidth, borderColor } = getComputedStyle(part);
      const ring = getComputedStyle(document.documentElement).getPropertyValue('--vscode-focusBorder').trim();
      const probe = document.createElement('i');
      probe.style.color = ring;
      document.body.append(probe);
      const wanted = getComputedStyle(probe).color;
      probe.remove();
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || borderColor === wanted;
    });
    return { name: `${host.closest('.card')?.id ?? ''} ${host.getAttribute('aria-label') ?? host.textContent.trim()}`, visible: outlined };
  });
}
