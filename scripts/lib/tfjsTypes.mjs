/** Declarations of TensorFlow.js as energy files have it: its core and its layers, nothing of its back ends and readers. */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';
import { ScriptError } from './run.mjs';

const packages = join(root, 'node_modules/@tensorflow');

/** The same modules as the sandbox's prelude puts together. */
const index = `import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
`;

/** Entry points of what `index` is made of. */
const entries = [
  'tfjs-core/dist/index.d.ts',
  'tfjs-core/dist/public/chained_ops/register_all_chained_ops.d.ts',
  'tfjs-layers/dist/index.d.ts',
];

/** Types of WebGPU are of no use in an energy, and are not there. */
const references = /^\/\/\/ <reference types="@webgpu\/types.*\n/gm;

/**
 * Copies the declarations that the entries reach into `node_modules/@tensorflow` of a folder.
 * @param {string} outdir
 */
export async function emitTfjsTypes(outdir) {
  const target = join(outdir, 'node_modules/@tensorflow');
  await rm(target, { recursive: true, force: true });
  const options = { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, types: [], noLib: true };
  const program = ts.createProgram(
    entries.map((entry) => join(packages, entry)),
    options,
  );
  const files = program
    .getSourceFiles()
    .map(({ fileName }) => relative(packages, fileName))
    .filter((name) => /^tfjs-(core|layers)[/\\]/.test(name));
  if (files.length < entries.length) throw new ScriptError('The declarations of TensorFlow.js are missing: run npm run setup.');
  const manifests = ['tfjs-core/package.json', 'tfjs-layers/package.json'];
  await Promise.all([...files, ...manifests].map((name) => copyText(join(packages, name), join(target, name))));
  await mkdir(join(target, 'tfjs'), { recursive: true });
  await writeFile(join(target, 'tfjs/index.d.ts'), index);
  await writeFile(join(target, 'tfjs/backend.d.ts'), 'export {};\n');
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copyText(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, (await readFile(from, 'utf8')).replace(references, ''));
}
