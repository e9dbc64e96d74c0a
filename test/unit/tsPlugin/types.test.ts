import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeFiles } from '../energy/workspace';
import { buildExtension, placeOf, removeExtension, TypeScriptServer } from './typeScriptServer';

// A TypeScript server reads a few hundred files before its first answer, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let extension = '';
let server: TypeScriptServer;

beforeAll(async () => {
  extension = await buildExtension();
  server = new TypeScriptServer(extension);
});

afterAll(async () => {
  await server.stop();
  await removeExtension(extension);
});

/** Puts files into a folder without node_modules, and opens them. */
async function opened(files: Readonly<Record<string, string>>, which: TypeScriptServer = server): Promise<Record<string, string>> {
  const folder = await writeFiles(files);
  const paths = Object.fromEntries(Object.keys(files).map((name) => [name, join(folder, name)]));
  for (const path of Object.values(paths)) which.open(path);
  return paths;
}

interface Hover {
  readonly displayString: string;
  readonly documentation: string;
}

const hover = (file: string, text: string, part: string): Promise<Hover> => server.ask('quickinfo', { file, ...placeOf(text, part) });

async function completions(file: string, text: string, behind: string): Promise<readonly string[]> {
  const { entries } = await server.ask<{ readonly entries: readonly { readonly name: string }[] }>('completionInfo', {
    file,
    ...placeOf(text, behind, true),
  });
  return entries.map(({ name }) => name);
}

const energy = `import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy, mixing } from 'unblind';

export const e = defineEnergy({
  dim: 2,
  params: (init) => ({ w: init.glorot([2, 1]) }),
  energy: (x, p) => tf.matMul(x.tanh(), p.w).squeeze([1]),
  data: data.rings(),
  mixing: mixing.gaussian(),
});
`;

describe('types without an install', () => {
  it.each(['fourModes', 'rings', 'twoModes'])('finds nothing wrong in the example %s', async (name) => {
    const files = await opened({ [`${name}.energy.ts`]: await readFile(`examples/${name}.energy.ts`, 'utf8') });
    expect(await server.diagnostics(files[`${name}.energy.ts`]!)).toEqual([]);
  });

  it('is what the plugin brings: without it the modules are not found', async () => {
    const bare = new TypeScriptServer(undefined);
    const files = await opened({ 'a.energy.ts': energy }, bare);
    const codes = (await bare.diagnostics(files['a.energy.ts']!)).map(({ code }) => code);
    await bare.stop();
    expect(codes.filter((code) => code === 2307)).toHaveLength(2);
  });

  it('shows the documentation of defineEnergy and of a function of tfjs', async () => {
    const files = await opened({ 'a.energy.ts': energy });
    const file = files['a.energy.ts']!;
    const ours = await hover(file, energy, 'defineEnergy({');
    expect(ours.documentation).toContain('Defines an energy-based model');
    expect(ours.displayString).toContain('EnergyDefinition');
    const theirs = await hover(file, energy, 'matMul');
    expect(theirs.displayString).toContain('transposeA?: boolean');
    expect(theirs.documentation).toContain('dot product of two matrices');
    // The chained functions are there, and know their types.
    expect((await hover(file, energy, 'tanh')).displayString).toContain('tanh');
    expect((await hover(file, energy, 'p.w'.slice(2) + ').squeeze')).displayString).toContain('Tensor<tf.Rank.R2>');
  });

  it('completes distributions and settings', async () => {
    const text = energy.replace('rings()', '').replace('mixing:', "fit: { objective: 'mfd',  },\n  mixing:");
    const files = await opened({ 'a.energy.ts': text });
    const file = files['a.energy.ts']!;
    expect(await completions(file, text, 'data: data.')).toEqual(expect.arrayContaining(['gaussianMixture', 'csv', 'sampler']));
    expect(await completions(file, text, "objective: 'mfd', ")).toEqual(expect.arrayContaining(['beta', 'learningRate', 'steps']));
  });

  it('marks a wrong setting where it is', async () => {
    const text = energy.replace('  mixing: mix', "  fit: { objective: 'fischer' },\n  mixing: mix");
    const files = await opened({ 'a.energy.ts': text });
    const found = await server.diagnostics(files['a.energy.ts']!);
    const wrong = found.find(({ code }) => code === 2820);
    expect(wrong?.text).toContain('Type \'"fischer"\' is not assignable');
    expect(wrong?.start).toEqual(placeOf(text, 'objective:'));
  });

  it('works in JavaScript', async () => {
    const text = `// @ts-check\n${energy}`;
    const files = await opened({ 'a.energy.js': text });
    const file = files['a.energy.js']!;
    expect(await server.diagnostics(file)).toEqual([]);
    expect((await hover(file, text, 'defineEnergy({')).documentation).toContain('Defines an energy-based model');
    expect(await completions(file, text, 'data: data.')).toContain('gaussianMixture');
  });

  it.each(['Node16', 'ESNext', 'CommonJS'])('works in a project of modules %s', async (module) => {
    const moduleResolution = { Node16: 'Node16', ESNext: 'Bundler', CommonJS: 'Node10' }[module];
    const options = { module, moduleResolution, target: 'ES2022', strict: true, noEmit: true, lib: ['ES2022'], types: [] };
    const helper = "import * as tf from '@tensorflow/tfjs';\nexport const bend = (x: tf.Tensor2D) => tf.tanh(x);\n";
    const files = await opened({
      'tsconfig.json': JSON.stringify({ compilerOptions: options }),
      'package.json': module === 'Node16' ? '{ "type": "module" }' : '{}',
      'shared/bend.ts': helper,
      'a.energy.ts': energy.replace('x.tanh()', 'bend(x)').replace("'unblind';", "'unblind';\nimport { bend } from './shared/bend.js';"),
    });
    expect(await server.diagnostics(files['a.energy.ts']!)).toEqual([]);
    expect(await server.diagnostics(files['shared/bend.ts']!)).toEqual([]);
  });

  it('does not hide that a project without energies lacks TensorFlow.js', async () => {
    const files = await opened({
      'tsconfig.json': '{ "compilerOptions": { "types": [], "moduleResolution": "bundler", "module": "esnext" } }',
      'main.ts': "import * as tf from '@tensorflow/tfjs';\nconsole.log(tf);\n",
    });
    const codes = (await server.diagnostics(files['main.ts']!)).map(({ code }) => code);
    expect(codes).toContain(2307);
  });

  it('takes the TensorFlow.js of the workspace where it has one, for our own declarations, too', async () => {
    const folder = await writeFiles({ 'a.energy.ts': energy.replace('tf.matMul(x.tanh(), p.w).squeeze([1])', 'tf.mine(x)') });
    for (const name of ['tfjs', 'tfjs-core']) {
      const own = join(folder, 'node_modules/@tensorflow', name);
      await mkdir(own, { recursive: true });
      await writeFile(join(own, 'package.json'), `{ "name": "@tensorflow/${name}", "types": "index.d.ts" }`);
    }
    const core = `export enum Rank { R0 = 'R0', R1 = 'R1', R2 = 'R2', R3 = 'R3', R4 = 'R4' }
export declare class Tensor<R extends Rank = Rank> { private own: R; }
export type Tensor2D = Tensor<Rank.R2>;
export declare function mine(x: Tensor2D): Tensor;
`;
    await writeFile(join(folder, 'node_modules/@tensorflow/tfjs-core/index.d.ts'), core);
    await writeFile(join(folder, 'node_modules/@tensorflow/tfjs/index.d.ts'), "export * from '@tensorflow/tfjs-core';\n");
    const file = join(folder, 'a.energy.ts');
    server.open(file);
    expect(await server.diagnostics(file)).toEqual([]);
  });
});
