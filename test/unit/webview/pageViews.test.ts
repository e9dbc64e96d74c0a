/** The views of samplers and diagnoses in a real browser. */

import { describe, expect, it } from 'vitest';
import { lastCommand, open, page, picture, received, settled } from './browserPage';

const tab = (name: string): ReturnType<typeof page.getByRole> => page.getByRole('tab', { name });

describe('views', () => {
  it('are changed by arrows, one of them in the order of the keyboard, and are kept', async () => {
    await open('live');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-fit');
    await page.keyboard.press('ArrowRight');
    await settled();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-sample');
    expect(await tab('Sample').getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('tabpanel', { name: 'Sample' }).isVisible()).toBe(true);
    expect(await page.locator('[role=tab][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('End');
    await settled();
    expect(await page.getByRole('tabpanel').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Diagnose', exact: true }).isVisible()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await settled();
    expect(await tab('Fit').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() =>
      window.unblindPreview.received.some(({ type, ...rest }) => type === 'uiState' && JSON.stringify(rest).includes('"tab":"sample"')),
    );
    await page.close();
    await open('live', { tab: 'diagnosis' });
    expect(await tab('Diagnosis').getAttribute('aria-selected')).toBe('true');
  });

  it('follow what was asked for elsewhere', async () => {
    await open('live');
    await page.evaluate(() => window.unblindPreview.post({ type: 'show', view: 'sample' }));
    await settled();
    expect(await tab('Sample').getAttribute('aria-selected')).toBe('true');
  });

  it('that are hidden draw nothing', async () => {
    await open('live');
    const before = await picture('#density canvas');
    await tab('Sample').click();
    await settled();
    await page.evaluate(() =>
      window.unblindPreview.post({ type: 'frame', runId: 'fourModes-mfd', frame: window.unblindPreview.frameAt('plane', 'mfd', 2000) }),
    );
    await settled();
    expect((await picture('#density canvas')).sum).toBe(before.sum);
    await tab('Fit').click();
    await settled();
    expect((await picture('#density canvas')).sum).not.toBe(before.sum);
  });

  it.each([
    ['sampleLive', ['#sample-density canvas', '#figures canvas', '#shares canvas']],
    ['sampleLine', ['#sample-density canvas', '#figures canvas', '#shares canvas']],
    ['sampleSpace', ['#sample-density canvas', '#figures canvas', '#shares canvas']],
    [
      'diagnosisBlind',
      ['#curves canvas', '#pair canvas', '#misfit canvas', '#spectrum canvas', '#diagnosed-modes canvas', '#basins canvas'],
    ],
    [
      'diagnosisLine',
      ['#curves canvas', '#pair canvas', '#misfit canvas', '#spectrum canvas', '#diagnosed-modes canvas', '#basins canvas'],
    ],
  ])('have pictures: %s', async (scenario, canvases) => {
    await open(scenario);
    for (const canvas of canvases) expect((await picture(canvas)).colours, canvas).toBeGreaterThan(4);
  });

  it.each(['sampleLive', 'sampleDone', 'diagnosisBlind', 'diagnosisLine', 'diagnosisCannotTell', 'diagnosisFailed'])(
    'hold at any width: %s',
    async (scenario) => {
      for (const width of [360, 520, 900, 1400]) {
        await open(scenario, undefined, width);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), String(width)).toBeLessThanOrEqual(width);
        if (width !== 1400) await page.close();
      }
    },
  );
});

describe('samplers', () => {
  it('are started, paused and stopped', async () => {
    await open('sampleLive');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    expect(await lastCommand()).toEqual({ type: 'command', command: { name: 'pause', runId: 'sample-plane' } });
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await lastCommand()).toEqual({ type: 'command', command: { name: 'stop', runId: 'sample-plane' } });
    await page.close();
    await open('sampleDone');
    await page.getByRole('button', { name: 'New seed' }).click();
    expect(await lastCommand()).toMatchObject({ command: { name: 'sample', settings: { sampler: 'mala', seed: 1 } } });
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    expect(await lastCommand()).toMatchObject({ command: { name: 'sample', settings: { seed: 1 } } });
  });

  it('take options that make sense; for others the button refuses, and says why', async () => {
    await open('sampleDone', { samplerOpen: true });
    const step = page.getByRole('textbox', { name: 'Step size' });
    await step.fill('-1');
    await step.press('Enter');
    await settled();
    expect(await page.locator('.fields .complaint').allTextContents()).toContain('A number above 0.');
    expect(await page.getByText('Step size in the settings makes no sense. A number above 0.').isVisible()).toBe(true);
    const sent = (await received()).length;
    await page.getByRole('button', { name: 'Sample', exact: true }).click({ force: true });
    expect((await received()).slice(sent).filter(({ type }) => type === 'command')).toEqual([]);
    await step.fill('0.25');
    await step.press('Enter');
    expect(await lastCommand()).toMatchObject({
      command: { name: 'setSampling', settings: { options: { mala: { stepSize: 0.25, burnIn: 200 } } } },
    });
    await page.getByRole('checkbox', { name: 'Adapt' }).click();
    expect(await lastCommand()).toMatchObject({ command: { settings: { options: { mala: { adapt: false } } } } });
    await page.getByRole('combobox', { name: 'Sampler' }).click();
    await page.getByRole('option', { name: 'SVGD' }).click();
    await settled();
    expect(await lastCommand()).toMatchObject({ command: { settings: { sampler: 'svgd' } } });
    expect(await page.getByRole('combobox', { name: 'Kernel' }).isVisible()).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Step size' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    expect(await lastCommand()).toMatchObject({ command: { name: 'sample', settings: { sampler: 'svgd' } } });
  });

  it('move their particles, and go back to snapshots', async () => {
    await open('sampleLive');
    const before = await picture('#sample-density canvas');
    await page.evaluate(() =>
      window.unblindPreview.post({ type: 'sampleFrame', id: 'sample-plane', frame: window.unblindPreview.sampleFrameAt('plane', 900) }),
    );
    await settled();
    const after = await picture('#sample-density canvas');
    expect(after.sum).not.toBe(before.sum);
    await page.getByRole('slider', { name: 'Snapshot' }).fill('1');
    await page.waitForFunction(() => window.unblindPreview.received.some(({ type }) => type === 'openSampleSnapshot'));
    await settled();
    expect(await page.locator('.scrub-label').textContent()).toBe('Step 1');
    expect((await picture('#sample-density canvas')).sum).not.toBe(after.sum);
    await page.getByRole('checkbox', { name: 'Particles' }).click();
    await settled();
    expect(await page.getByRole('checkbox', { name: 'Particles' }).isChecked()).toBe(false);
  });

  it('show the figure that is chosen', async () => {
    await open('sampleLive');
    const before = await picture('#figures canvas');
    await page.getByRole('combobox', { name: 'Figure' }).click();
    await page.getByRole('option', { name: 'Step size' }).click();
    await settled();
    expect((await picture('#figures canvas')).sum).not.toBe(before.sum);
    expect(await page.locator('#figures canvas').getAttribute('aria-label')).toContain('Step size');
  });

  it('with 20,000 particles take little time', async () => {
    await open('sampleHeavy');
    const times = await page.evaluate(async () => {
      const frames = Array.from({ length: 12 }, (_, index) => window.unblindPreview.sampleFrameAt('plane', 300 + 10 * index, 20_000));
      const found: number[] = [];
      for (const frame of frames) {
        window.unblindPreview.post({ type: 'sampleFrame', id: 'sample-plane', frame });
        await new Promise((done) => setTimeout(done, 150));
        found.push(performance.getEntriesByName('unblind-draw')[0]?.duration ?? Number.NaN);
      }
      return found.sort((a, b) => a - b);
    });
    // eslint-disable-next-line no-console -- a figure to read, too dependent on the machine to be tested tightly
    console.log(`20,000 particles of a sampler: median ${times[6]!.toFixed(1)} ms, worst ${times[11]!.toFixed(1)} ms a drawing`);
    expect(times[6]).toBeLessThan(200);
  });
});

describe('diagnoses', () => {
  it('are asked for and given up', async () => {
    await open('diagnosisEmpty');
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click();
    expect(await lastCommand()).toEqual({ type: 'command', command: { name: 'diagnose' } });
    await page.close();
    await open('diagnosisBusy');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await lastCommand()).toEqual({ type: 'command', command: { name: 'cancelDiagnosis' } });
    await page.close();
    await open('diagnosisFailed');
    await page.getByRole('button', { name: 'Go to Line' }).click();
    expect(await lastCommand()).toMatchObject({ command: { name: 'reveal', line: 12 } });
  });

  it('lead to a fit with the advised beta', async () => {
    await open('diagnosisLine');
    expect(await page.getByRole('heading', { name: 'Score matching is blind here' }).isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Fit with MFD, β 0.50' }).click();
    expect(await lastCommand()).toMatchObject({ command: { name: 'fit', settings: { objective: 'mfd', beta: 0.5, mixing: 'gaussian' } } });
    await settled();
    expect(await tab('Fit').getAttribute('aria-selected')).toBe('true');
  });

  it('of what has no parameters lead to a sampler', async () => {
    await open('diagnosisFixed');
    expect(await page.getByRole('button', { name: 'Fit with MFD' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sample by parallel tempering' }).click();
    expect(await lastCommand()).toMatchObject({ command: { name: 'sample', settings: { sampler: 'parallel-tempering' } } });
    await settled();
    expect(await tab('Sample').getAttribute('aria-selected')).toBe('true');
  });

  it('have curves that follow the sliders', async () => {
    await open('diagnosisLine');
    const before = await picture('#curves canvas');
    await page.getByRole('slider', { name: 'Beta' }).fill('85');
    await page.waitForFunction(() => window.unblindPreview.received.some(({ type }) => type === 'bridge'));
    expect((await received()).find(({ type }) => type === 'bridge')).toEqual({
      ...{ type: 'bridge', id: 'diagnosis-line' },
      request: { mode: 0, beta: 0.9, width: 1 },
    });
    await page.getByText('MFD with β 0.90').or(page.locator('#curves canvas[aria-label*="MFD with β 0.90"]')).waitFor();
    await settled();
    expect((await picture('#curves canvas')).sum).not.toBe(before.sum);
    await page.getByRole('combobox', { name: 'Mode whose weight moves' }).click();
    await page.getByRole('option', { name: '2 · x = 5.00' }).click();
    await page.locator('#curves canvas[aria-label*="weight of mode 2"]').waitFor();
  });

  it('have sliders that are still where nobody answers, and say so', async () => {
    await open('diagnosisStored');
    expect(await page.getByRole('slider', { name: 'Beta' }).isDisabled()).toBe(true);
    expect(await page.getByText('The process that computed this has ended: diagnose again to move the sliders.').isVisible()).toBe(true);
  });
});

describe('numbers behind the pictures', () => {
  it.each([
    ['sampleDone', 'sample-density', '"Particles: step 1,000"\r\nx₁,x₂\r\n'],
    ['sampleDone', 'figures', 'step,Acceptance,Step size\r\n0,'],
    ['sampleDone', 'shares', 'Shares of the modes\r\nmode,particles,standard error,weight'],
    ['diagnosisLine', 'curves', 'weight,Fisher divergence,MFD,KL\r\n0,'],
    ['diagnosisLine', 'pair', 'Densities of the pair at cell centres\r\nx,density p,p tilted,p bridged,tilted p bridged\r\n-13.9'],
    ['diagnosisBlind', 'pair', 'Densities of the pair at cell centres\r\nx₁,x₂,density p'],
    ['diagnosisLine', 'spectrum', 'noise σ,Fisher divergence,share of KL below the noise\r\n0.1,'],
    ['diagnosisLine', 'diagnosed-modes', 'Modes\r\nmode,centre,kind,weight'],
    ['diagnosisLine', 'basins', 'mode,centre,predicted,Langevin dynamics,weight\r\n1,'],
  ])('are saved: %s, %s', async (scenario, id, first) => {
    await open(scenario);
    for (const format of ['PNG', 'SVG', 'CSV']) {
      await page.locator(`#${id} .save vscode-button`).click();
      await page
        .locator(`#${id}`)
        .getByRole('menuitem', { name: `Save as ${format}` })
        .click();
    }
    await page.waitForFunction(() => window.unblindPreview.received.filter(({ type }) => type === 'save').length === 3);
    const saved = await page.evaluate(() =>
      window.unblindPreview.received.flatMap((message) =>
        message.type === 'save'
          ? [{ format: message.format, head: typeof message.content === 'string' ? message.content : message.content.slice(0, 4).join() }]
          : [],
      ),
    );
    const head = (format: string): string => saved.find((each) => each.format === format)?.head ?? '';
    expect(head('png')).toMatch(/^137,80,78,71/);
    expect(head('svg')).toMatch(/^<svg xmlns[^]*<\/svg>\n$/);
    expect(head('svg')).not.toContain('NaN');
    expect(head('csv').slice(0, first.length)).toBe(first);
  });
});
