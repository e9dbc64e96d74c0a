import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { visible, visibleLine } from '../../../src/cli/visible';
import { fourModesRun, temporaryFolder } from '../runs/analyticRuns';
import { energyFile, makeProject, runCli } from './runCli';

/** Clears the screen, sets the title, goes up a line, turns the direction, and wants to be HTML. */
const hostile = `\u001b[2J\u001b]0;owned\u0007\u001b[1A\r\u009b31m\u202eevil<script>alert(1)</script>`;

/** Control characters but for line ends and tabs, and those of direction. */
const moves = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A directory of a run whose every text is hostile. */
function hostileRun(name: string): string {
  const directory = fourModesRun(join(folder, name), 'mfd', { cells: 8, steps: 40 });
  for (const file of ['run.json', 'result.json']) {
    const content = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Record<string, unknown>;
    const label = { ...content, energy: hostile, executorDetail: hostile, notes: [hostile], runDir: hostile };
    writeFileSync(join(directory, file), JSON.stringify(label));
  }
  return directory;
}

describe('names of strangers', () => {
  it('move nothing on the terminal when runs are compared', async () => {
    const { status, stdout, stderr } = await runCli(['compare', hostileRun('one'), hostileRun('two')], folder);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('evil');
    expect(stdout + stderr).not.toMatch(moves);
  });

  it('are spelled in JSON as JSON spells them', async () => {
    const { stdout } = await runCli(['compare', hostileRun('three'), hostileRun('four'), '--json'], folder);
    expect(stdout).not.toMatch(moves);
    expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(hostile).slice(1, -1));
  });

  it('are text in the report', async () => {
    const page = join(folder, 'report.html');
    const { status, stderr } = await runCli(['export', hostileRun('five'), '--to', 'html', '--out', page], folder);
    expect(status, stderr).toBe(0);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('evil&lt;script&gt;');
    expect(text).not.toMatch(/<script/);
    expect(text).not.toMatch(/(?![\n\t\r])[\p{Cc}\u202a-\u202e]/u);
  });

  it('move nothing where an energy file prints, throws, or calls its energy so', async () => {
    const text = JSON.stringify(hostile);
    const files = {
      'prints.energy.ts': energyFile('dim: 1, energy: (x) => tf.sum(x, 1)', `console.log(${text});`),
      'throws.energy.ts': energyFile('dim: 1, energy: (x) => tf.sum(x, 1)', `throw new Error(${text});`),
      'named.energy.js': `import { defineEnergy } from 'unblind';\nconst e = defineEnergy({ dim: 1, energy: (x) => x.sum(1) });\nexport { e as ${text} };`,
    };
    const project = makeProject(files);
    for (const file of Object.keys(files)) {
      const { stdout, stderr } = await runCli(['check', file], project.folder);
      expect(stdout + stderr, file).toContain('evil');
      expect(stdout + stderr, file).not.toMatch(moves);
    }
    project.remove();
  });

  it('move nothing where a folder or a file is called so', async () => {
    const odd = join(folder, 'odd\u001b[2J');
    mkdirSync(odd);
    const { status, stderr } = await runCli(['export', odd], folder);
    expect(status).toBe(2);
    expect(stderr).not.toMatch(moves);
  });
});

describe('visible text', () => {
  it('keeps lines, tabs and the colours of the command line', () => {
    expect(visible('a\n\tb \u001b[32mok\u001b[0m')).toBe('a\n\tb \u001b[32mok\u001b[0m');
  });

  it('spells out everything else', () => {
    expect(visible('\u001b[8m\u001b[2J\r\u0007\u009b\u202e\u2028')).toBe('\\u001b[8m\\u001b[2J\\u000d\\u0007\\u009b\\u202e\\u2028');
    expect(visibleLine('a\nb')).toBe('a b');
  });
});
