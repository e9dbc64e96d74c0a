import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { energyFile, makeProject, runCli } from './runCli';

const network = `...mlp([2, 8, 1], 'swish')`;
const smallFit = 'fit: { steps: 5, batch: 8 }';

interface Case {
  readonly what: string;
  readonly file: string;
  readonly extra?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly says: RegExp;
  /** Line:column of the mistake, where it has a place. */
  readonly at?: string;
}

const withData = (source: string): string => energyFile(`dim: 2, ${network}, data: ${source}, ${smallFit}`);
const withEnergy = (body: string): string =>
  energyFile(`dim: 2, params: (init) => ({ w: init.glorot([2, 1]) }), data: data.rings(), ${smallFit},\n  energy: (x, p) => ${body}`);

const rows = (count: number, row = '1,2'): string => `a,b\n${Array.from({ length: count }, () => row).join('\n')}\n`;

const cases: readonly Case[] = [
  { what: 'a file that does not parse', file: 'export const a = ;', says: /Unexpected ";"/, at: '1:18' },
  { what: 'no exported energy', file: 'export const a = 1;', says: /has no energy; export one/ },
  { what: 'a wrong name with --energy', file: withData('data.rings()'), args: ['--energy', 'two'], says: /two.*\bone\b/ },
  { what: 'a wrong shape', file: withEnergy('tf.matMul(x, p.w)'), says: /\[n, 1\].*\[n\]/ },
  { what: 'reading a value', file: withEnergy('tf.mul(tf.sum(x, 1), x.dataSync()[0])'), says: /tf\.where|tensor/, at: '5:' },
  { what: 'an unsupported kernel', file: withEnergy('tf.sum(tf.fft(tf.complex(x, x)).abs(), 1)'), says: /Complex|FFT/i, at: '5:' },
  { what: 'a dependence between rows', file: withEnergy('tf.sub(tf.sum(x, 1), tf.mean(x))'), says: /rows/, at: '5:' },
  {
    what: 'an endless loop',
    file: energyFile(`dim: 2, ${network}, data: data.rings()`, 'for (;;) {}'),
    args: ['--timeout', '1'],
    says: /did not finish in 1 second/,
  },
  { what: 'a missing import', file: `import { a } from './gone';\nexport { a };`, says: /gone/, at: '1:' },
  { what: 'an absent data file', file: withData(`data.csv('gone.csv')`), says: /gone\.csv/ },
  { what: 'an empty data file', file: withData(`data.csv('d.csv')`), extra: { 'd.csv': '' }, says: /d\.csv.*empty|no rows/ },
  {
    what: 'a ragged data file',
    file: withData(`data.csv('d.csv')`),
    extra: { 'd.csv': `a,b\n1,2\n3\n${rows(20).slice(4)}` },
    says: /Line 3/,
  },
  { what: 'text in a number column', file: withData(`data.csv('d.csv')`), extra: { 'd.csv': `${rows(20)}3,high\n` }, says: /"?b"?.*high/ },
  { what: 'NaN in the data', file: withData(`data.csv('d.csv')`), extra: { 'd.csv': `${rows(20)}3,nan\n` }, says: /22/ },
  { what: 'fewer rows than a batch', file: withData(`data.csv('d.csv')`), extra: { 'd.csv': rows(3) }, says: /3 rows.*at least/ },
  {
    what: 'data of another dimension',
    file: withData(`data.csv('d.csv')`),
    extra: { 'd.csv': `a,b,c\n${'1,2,3\n'.repeat(20)}` },
    says: /columns/,
  },
  {
    what: 'built-in data of another dimension',
    file: withData('data.gaussianMixture({ means: [[0], [1]], std: 1, weights: [.5, .5] })'),
    says: /dim/,
  },
  {
    what: 'beta outside (0, 1) in the file',
    file: energyFile(`dim: 2, ${network}, data: data.rings(), fit: { beta: 1.5 }`),
    says: /beta must be strictly between 0 and 1/,
    at: '4:',
  },
  {
    what: 'beta outside (0, 1) on the command line',
    file: withData('data.rings()'),
    args: ['--set', 'beta=0'],
    says: /beta must be strictly between 0 and 1/,
  },
  {
    what: 'a mixing density of another dimension',
    file: energyFile(`dim: 2, ${network}, data: data.rings(), mixing: mixing.gaussian({ mean: [0, 0, 0] }), ${smallFit}`),
    says: /3 numbers, but dim is 2/,
  },
  { what: 'an executor that is not there', file: withData('data.rings()'), args: ['--executor', 'tfjs-tensorflow'], says: /tfjs-node/ },
  { what: 'an unknown executor', file: withData('data.rings()'), args: ['--executor', 'onyx'], says: /Did you mean onnx\?/ },
  { what: 'an unknown objective', file: withData('data.rings()'), args: ['--objective', 'fishy'], says: /fisher/ },
  { what: 'an unknown setting', file: withData('data.rings()'), args: ['--set', 'stepz=3'], says: /Did you mean steps\?/ },
  { what: 'an unknown option', file: withData('data.rings()'), args: ['--sed', '3'], says: /Did you mean --seed\?/ },
  {
    what: 'an energy without parameters',
    file: energyFile('dim: 2, energy: (x) => tf.sum(tf.square(x), 1), data: data.rings()'),
    says: /no parameters/,
  },
  { what: 'an energy without data', file: energyFile(`dim: 2, ${network}`), says: /no data/ },
];

describe('bad input gets one clear line and exit status 2', () => {
  for (const { what, file, extra = {}, args = [], says, at } of cases) {
    it(what, async () => {
      const { folder, remove } = makeProject({ 'a.energy.ts': file, ...extra });
      try {
        const { status, stdout, stderr } = await runCli(['fit', 'a.energy.ts', '--quiet', ...args], folder);
        expect(stdout).toBe('');
        const lines = stderr.trimEnd().split('\n');
        expect(lines, stderr).toHaveLength(1);
        expect(lines[0]).toMatch(/^unblind: /);
        expect(lines[0]).toMatch(says);
        if (at !== undefined) expect(lines[0]).toContain(`a.energy.ts:${at}`);
        expect(status).toBe(2);
        expect(existsSync(join(folder, '.unblind')), 'nothing half-written').toBe(false);
      } finally {
        remove();
      }
    });
  }

  it('a file that is not there, no file, an unknown command', async () => {
    const { folder, remove } = makeProject({});
    try {
      for (const [args, says] of [
        [['fit', 'gone.energy.ts'], /no file/],
        [['fit'], /takes one energy file/],
        [['fitt'], /Did you mean fit\?/],
        [['export', 'gone', '--to', 'html'], /holds no run/],
        [['export', 'gone', '--to', 'pdf'], /--to must be one of/],
        [['check'], /takes one energy file/],
      ] as const) {
        const { status, stderr } = await runCli(args, folder);
        expect(stderr).toMatch(says);
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
        expect(status).toBe(2);
      }
    } finally {
      remove();
    }
  });
});
