/** The bundles in dist/, one record each; an entry whose source is not there is left out. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hideNodeModules } from './hideNodeModules.mjs';
import { root } from './paths.mjs';

/**
 * Packages that stay outside the bundles: native code, or found at run time. `package.mjs` puts into the .vsix
 * those of them that are dependencies.
 */
export const externalPackages = ['vscode', 'esbuild', 'onnxruntime-node', 'webgpu', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const onNode = {
  define: { UNBLIND_VERSION: JSON.stringify(version) },
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // One copy of each tfjs package, whether it is imported by name or by a path inside it.
  mainFields: ['module', 'main'],
  external: externalPackages,
};

/** @type {import('esbuild').BuildOptions} */
const inSandbox = {
  platform: 'neutral',
  format: 'iife',
  target: 'es2022',
  mainFields: ['module', 'main'],
  minify: true,
  plugins: [hideNodeModules],
};

/** @type {import('esbuild').BuildOptions} */
const inPage = {
  platform: 'browser',
  format: 'iife',
  target: 'chrome120',
};

/**
 * @typedef {object} Bundle
 * @property {string} source
 * @property {string} output
 * @property {import('esbuild').BuildOptions} options
 */

/** Where VS Code's TypeScript server looks for the plugin that package.json names, from the extension's folder. */
export const pluginFolder = 'node_modules/unblind-ts-plugin';

/** @type {readonly Bundle[]} */
const bundles = [
  { source: 'src/cli/main.ts', output: 'cli.js', options: { ...onNode, banner: { js: '#!/usr/bin/env node' } } },
  { source: 'src/extension.ts', output: 'extension.js', options: onNode },
  { source: 'src/engine/main.ts', output: 'engine.js', options: onNode },
  { source: 'src/energy/sandbox/child.ts', output: 'sandboxChild.js', options: onNode },
  { source: 'src/energy/sandbox/prelude.ts', output: 'sandboxPrelude.js', options: inSandbox },
  {
    source: 'src/tsPlugin/main.ts',
    output: `../${pluginFolder}/index.js`,
    // The TypeScript server wants a module that is a function.
    options: { ...onNode, footer: { js: 'module.exports = module.exports.init;' } },
  },
  { source: 'webview/main.ts', output: 'webview/panel.js', options: inPage },
  { source: 'webview/panel.css', output: 'webview/panel.css', options: { target: 'chrome120' } },
];

/**
 * @param {{ readonly outdir: string, readonly minify: boolean, readonly sourcemap: boolean }} settings
 * @returns {import('esbuild').BuildOptions[]} options for esbuild, for the sources that exist
 */
export function bundleOptions({ outdir, minify, sourcemap }) {
  return bundles
    .filter(({ source }) => existsSync(join(root, source)))
    .map(({ source, output, options }) => ({
      // Names of classes and functions stay, for readable stacks.
      minifySyntax: minify,
      minifyWhitespace: minify,
      ...options,
      absWorkingDir: root,
      entryPoints: [source],
      outfile: join(outdir, output),
      bundle: true,
      sourcemap: sourcemap ? 'linked' : false,
      legalComments: 'none',
      logLevel: 'warning',
    }));
}
