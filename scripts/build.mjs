/** `npm run build`: dist/ from the sources. `--minify` makes it smaller, `--watch` keeps it up to date. */

import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { bundleOptions, pluginFolder } from './lib/bundles.mjs';
import { root } from './lib/paths.mjs';
import { isMain, main, ScriptError } from './lib/run.mjs';
import { emitTfjsTypes } from './lib/tfjsTypes.mjs';
import { emitTypes } from './lib/types.mjs';

/**
 * Builds everything once.
 * @param {{ readonly outdir?: string, readonly minify?: boolean, readonly sourcemap?: boolean }} [settings]
 */
export async function build({ outdir = join(root, 'dist'), minify = false, sourcemap = true } = {}) {
  await mkdir(outdir, { recursive: true });
  const bundles = bundleOptions({ outdir, minify, sourcemap });
  try {
    await Promise.all(bundles.map((options) => esbuild.build(options)));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new ScriptError(`The build failed with ${error.errors.length} error${error.errors.length === 1 ? '' : 's'}.`);
  }
  const types = join(outdir, 'types');
  await Promise.all([makeExecutable(outdir), copyWasm(outdir), emitTypes(types), emitTfjsTypes(types), describePlugin(outdir)]);
}

/**
 * The plugin of the TypeScript server is a package of its own, beside the folder of the bundles.
 * @param {string} outdir
 */
async function describePlugin(outdir) {
  const folder = join(outdir, '..', pluginFolder);
  const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const manifest = { name: `${name}-ts-plugin`, version, license, private: true, main: 'index.js' };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Builds, then again after each change, until the process is ended. */
async function watch() {
  const outdir = join(root, 'dist');
  await build({ outdir });
  const contexts = await Promise.all(
    bundleOptions({ outdir, minify: false, sourcemap: true }).map((options) => esbuild.context({ ...options, logLevel: 'info' })),
  );
  await Promise.all(contexts.map((context) => context.watch()));
}

/** @param {string} outdir */
async function makeExecutable(outdir) {
  const cli = join(outdir, 'cli.js');
  if (existsSync(cli)) await chmod(cli, 0o755);
}

/**
 * tfjs loads its WebAssembly from files beside the bundle, in wasm/.
 * @param {string} outdir
 */
async function copyWasm(outdir) {
  const from = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const to = join(outdir, 'wasm');
  await mkdir(to, { recursive: true });
  const files = (await readdir(from)).filter((name) => name.endsWith('.wasm'));
  await Promise.all(files.map((name) => copyFile(join(from, name), join(to, name))));
}

/**
 * esbuild has shown the errors already.
 * @param {unknown} error
 * @returns {error is import('esbuild').BuildFailure}
 */
function isBuildFailure(error) {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const flags = process.argv.slice(2);
    const unknown = flags.find((flag) => flag !== '--watch' && flag !== '--minify');
    if (unknown !== undefined) throw new ScriptError(`Unknown option ${unknown}; known are --watch and --minify.`);
    if (flags.includes('--watch')) await watch();
    else await build({ minify: flags.includes('--minify') });
    return 0;
  });
}
