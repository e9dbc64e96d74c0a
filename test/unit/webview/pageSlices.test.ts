/** The panel's page in a real browser: spaces of more dimensions, what cannot be drawn, settings of the next run, languages. */

import { describe, expect, it } from 'vitest';
import { lastCommand, open, page, picture, received, settled } from './browserPage';

describe('controls', () => {
  it('show a slice of five, and move it', async () => {
    await open('space');
    const projected = await picture('#density canvas');
    await page.getByRole('combobox', { name: 'View' }).click();
    await page.getByRole('option', { name: 'Slice' }).click();
    await page.waitForFunction(() => window.unblindPreview.received.some(({ type }) => type === 'view'));
    await settled();
    const sliced = await picture('#density canvas');
    // A heat map has many colours, a cloud of points few.
    expect(sliced.colours).toBeGreaterThan(projected.colours);
    const asked = async (): Promise<unknown> => (await received()).findLast(({ type }) => type === 'view');
    expect(await asked()).toEqual({
      ...{ type: 'view', runId: 'fiveDimensions-mfd', step: 4000 },
      view: { axes: [0, 1], point: [-2, 0, 1, 0, -1] },
    });
    await page.getByRole('slider', { name: 'x₃' }).fill('0');
    await settled();
    expect((await picture('#density canvas')).sum).not.toBe(sliced.sum);
    expect(await asked()).toMatchObject({ view: { point: { 0: -2, 3: 0, 4: -1 } } });
    expect(await page.getByRole('combobox', { name: 'Slice through' }).textContent()).toContain('a point of your own');
  });

  it('ask a live run for frames with a slice, and for none again', async () => {
    await open('sliceLive');
    const views = async (): Promise<unknown[]> => (await received()).filter(({ type }) => type === 'view');
    expect(await views()).toEqual([
      { type: 'view', runId: 'fiveDimensions-mfd', step: null, view: { axes: [0, 1], point: [-2, 0, 1, 0, -1] } },
    ]);
    await page.getByRole('combobox', { name: 'View' }).click();
    await page.getByRole('option', { name: 'Projection' }).click();
    await settled();
    expect((await views()).at(-1)).toEqual({ type: 'view', runId: 'fiveDimensions-mfd', step: null, view: null });
  });

  it('go through the marginals of many coordinates', async () => {
    await open('wide');
    const before = await picture('#marginals canvas');
    await page.getByRole('combobox', { name: 'Coordinates' }).click();
    await page.getByRole('option', { name: 'x₃₇ – x₄₀' }).click();
    await settled();
    expect((await picture('#marginals canvas')).sum).not.toBe(before.sum);
  });

  it('choose the mixing density and its width', async () => {
    await open('live');
    await page.getByText('Settings').click();
    expect(await page.getByRole('textbox', { name: 'Mixing width' }).isVisible()).toBe(false);
    await page.getByRole('combobox', { name: 'Mixing density' }).click();
    await page.getByRole('option', { name: 'uniform box' }).click();
    expect(await lastCommand()).toEqual({ type: 'command', command: { name: 'set', changes: { mixing: 'uniformBox', mixingWidth: 0 } } });
    await settled();
    const width = page.getByRole('textbox', { name: 'Mixing width' });
    await width.fill('1.5');
    await width.press('Enter');
    expect(await lastCommand()).toEqual({ type: 'command', command: { name: 'set', changes: { mixingWidth: 1.5 } } });
  });

  it('ask which executors work once the settings are looked at, and say which do not', async () => {
    await open('live');
    const asked = async (): Promise<number> => (await received()).filter(({ type }) => type === 'survey').length;
    expect(await asked()).toBe(0);
    await page.getByText('Settings').click();
    await settled();
    expect(await asked()).toBe(1);
    const executors = [{ id: 'tfjs-webgpu', label: 'tfjs-webgpu', detail: 'no WebGPU device was found', available: false }];
    await page.evaluate((found) => window.unblindPreview.post({ type: 'executors', executors: found }), executors);
    await settled();
    expect(await page.locator('.settings .note').textContent()).toBe('Not here: tfjs-webgpu (no WebGPU device was found).');
    expect(await asked()).toBe(1);
  });

  it('offer no particles where there are none', async () => {
    await open('lineBare');
    expect(await page.getByRole('checkbox', { name: 'Particles' }).isVisible()).toBe(false);
    expect(await page.getByRole('checkbox', { name: 'Score' }).isVisible()).toBe(true);
  });
});

describe('numbers that are not finite', () => {
  it('are said to be none, and never 0', async () => {
    await open('notFinite');
    expect(await page.locator('dl dd').allTextContents()).toEqual(['900 / 4,000', '–', expect.any(String), ...Array(3).fill('not finite')]);
    expect(await page.locator('.verdict-words').textContent()).toBe('The KL is not finite: the model is no density yet.');
    expect(await page.locator('.loss-gaps').textContent()).toBe('MFD: the objective is not finite at 11 of 91 points, first at step 410.');
    await page.locator('#modes summary').click();
    await settled();
    expect(await page.locator('#modes tbody tr').first().locator('td').nth(3).textContent()).toBe('not finite');
  });
});

describe('other languages', () => {
  it('are those of the texts that the host gives', async () => {
    await open('live', undefined, 720, { Pause: 'Anhalten', 'Step {0}': 'Schritt {0}', 'seed {0}': 'Startwert {0}' });
    expect(await page.getByRole('button', { name: 'Anhalten' }).isVisible()).toBe(true);
    expect(await page.locator('.about').textContent()).toContain('Startwert 0');
    await page.getByRole('slider', { name: 'Snapshot' }).fill('1');
    await settled();
    expect(await page.locator('.scrub-label').textContent()).toBe('Schritt 10');
  });
});
