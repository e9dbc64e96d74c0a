import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { energyOf, header } from './mistake';
import { mistakesOfDefinitions } from './mistakesOfDefinitions';
import { mistakesOfEnergies } from './mistakesOfEnergies';
import { mistakesOfFiles } from './mistakesOfFiles';
import { useSandbox } from './sandboxBuild';
import { mistakeIn, writeEnergy } from './workspace';

const paths = useSandbox();

describe('mistakes in energy files', () => {
  it.each([...mistakesOfFiles, ...mistakesOfEnergies, ...mistakesOfDefinitions])('$title', async ({ text, reason, message, at }) => {
    const path = await writeEnergy(text);
    const error = await mistakeIn(path, { paths: paths(), samples: 100 });
    expect({ reason: error.reason, at: `${error.position?.line}:${error.position?.column}`, message: error.message }).toEqual({
      reason,
      at,
      message: expect.stringContaining(message) as string,
    });
    expect(error.message).not.toContain('\n');
    expect(basename(error.position?.file ?? '')).toBe('test.energy.ts');
  });

  it('names a file that is not there', async () => {
    const error = await mistakeIn('/no/such.energy.ts', { paths: paths() });
    expect(error).toMatchObject({ reason: 'file', message: 'There is no file /no/such.energy.ts.' });
  });

  it('lists the energies where the name is wrong', async () => {
    const path = await writeEnergy(`${header}export const left = defineEnergy({ dim: 1, ...mlp([1, 1]) });\nexport const right = left;`);
    const error = await mistakeIn(path, { paths: paths(), energy: 'lefft' });
    expect(error).toMatchObject({
      reason: 'unknown-energy',
      message: 'There is no energy "lefft"; the file has left, right; did you mean "left"?',
    });
  });

  it('stops an endless loop', async () => {
    const path = await writeEnergy(`${header}for (;;) { activations.relu; }`);
    const before = Date.now();
    const error = await mistakeIn(path, { paths: paths(), timeoutMs: 300 });
    expect(error).toMatchObject({
      reason: 'timeout',
      message: 'The file did not finish in 0.3 seconds and was stopped; is there an endless loop?',
    });
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('stops an endless loop of promises', async () => {
    const path = await writeEnergy(
      `const spin = (): Promise<void> => Promise.resolve().then(spin);\nvoid spin();\n${energyOf('x.sum(1)')}`,
    );
    expect(await mistakeIn(path, { paths: paths(), timeoutMs: 300 })).toMatchObject({ reason: 'timeout' });
  });

  it('stops a file that fills the heap', async () => {
    const path = await writeEnergy('const all: unknown[] = [];\nfor (;;) all.push({ a: [all.length] });');
    const error = await mistakeIn(path, { paths: paths(), timeoutMs: 20_000, heapMb: 64 });
    expect(error).toMatchObject({ reason: 'memory', message: 'The file needs more memory than it may use (64 MB) and was stopped.' });
  });

  it('stops a file that fills memory with typed arrays', async () => {
    const path = await writeEnergy('const all: Float64Array[] = [];\nfor (;;) all.push(new Float64Array(1 << 20).fill(1));');
    const error = await mistakeIn(path, { paths: paths(), timeoutMs: 20_000, heapMb: 64 });
    expect(error).toMatchObject({ reason: 'memory' });
  });
});
