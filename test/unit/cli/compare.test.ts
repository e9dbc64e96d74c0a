import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/engine/compare/compareRuns';
import { fourModesRun, temporaryFolder } from '../runs/analyticRuns';
import { runCli } from './runCli';

const folder = temporaryFolder();
beforeAll(() => {
  for (const objective of ['mfd', 'fisher'] as const) fourModesRun(join(folder, objective), objective, { steps: 40, cells: 60 });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('unblind compare', () => {
  it('prints one column a run, with floors, and writes the page', async () => {
    const { status, stdout, stderr } = await runCli(
      ['compare', 'fisher', 'mfd', '--points', '200', '--html', 'page.html', '--quiet'],
      folder,
    );
    expect(status, stderr).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^fourModes$/m);
    expect(stdout).toMatch(/fisher +mfd +floor/);
    expect(stdout).toMatch(/KL\(data \|\| model\) +0\.179 +0\.0081/);
    expect(stdout).toMatch(/W2 to the data +[\d.]+ +[\d.]+ +[\d.]+ \([\d.]+ to [\d.]+\)/);
    expect(stdout).toMatch(/largest weight error +0\.21 \(.* to .*\) +0\.013/);
    expect(existsSync(join(folder, 'page.html'))).toBe(true);
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain('2 runs side by side');
  });

  it('prints one JSON object', async () => {
    const { status, stdout, stderr } = await runCli(['compare', 'mfd', '--points', '100', '--json'], folder);
    expect(status, stderr).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const { runs } = JSON.parse(stdout) as Comparison;
    expect(runs[0]).toMatchObject({ objective: 'mfd', points: 100, kl: 0.0081 });
    expect(runs[0]!.floor.w2!.mean).toBeGreaterThan(0);
  });

  it.each([
    ['no run', [], /needs a run directory/],
    ['an absent run', ['gone'], /holds no run/],
    ['too many points', ['mfd', '--points', '5000'], /--points must be at most 2000/],
  ])('says in one line what is wrong with %s', async (_, args, says) => {
    const { status, stdout, stderr } = await runCli(['compare', ...args, '--quiet'], folder);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(says);
  });
});
