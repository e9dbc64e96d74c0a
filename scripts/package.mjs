/**
 * `npm run package`: a .vsix for this machine's platform, or for `--target PLATFORM-ARCH` where that platform's
 * packages are installed. Needs no network.
 *
 * vsce leaves node_modules at the top of an extension to npm, which takes whole packages for every platform (400 MB).
 * So what the extension needs is put together in .cache/vsix, with its packages in dist/node_modules, where Node.js
 * looks first. At the top is the plugin of the TypeScript server only.
 */

import { copyFile, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from './build.mjs';
import { pluginFolder } from './lib/bundles.mjs';
import { root } from './lib/paths.mjs';
import { main, ScriptError } from './lib/run.mjs';
import { copyPackage, runtimePackages } from './lib/runtimePackages.mjs';

const stage = join(root, '.cache/vsix');

/** The largest .vsix we accept. */
const maximumBytes = 60e6;

/** Fields of package.json that mean nothing to an installed extension. */
const developmentFields = [
  'scripts',
  'devDependencies',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bin',
];

const files = ['package.nls.json', 'package.nls.de.json', 'README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'];

/**
 * Fills .cache/vsix.
 * @param {string} target
 * @returns {Promise<{ readonly name: string, readonly version: string }>} the manifest
 */
async function fillStage(target) {
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  await build({ outdir: join(stage, 'dist'), minify: true, sourcemap: false });
  for (const folder of ['media', 'examples', 'l10n']) await cp(join(root, folder), join(stage, folder), { recursive: true });
  for (const name of files) await copyFile(join(root, name), join(stage, name));
  for (const wanted of runtimePackages(target)) await copyPackage(wanted, join(stage, 'dist/node_modules'));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const field of developmentFields) delete manifest[field];
  // vsce takes packages at the top for dependencies only; VS Code looks for plugins of its TypeScript server nowhere else.
  manifest.dependencies = { [basename(pluginFolder)]: manifest.version };
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** @returns {string} */
function chosenTarget() {
  const [flag, value, ...rest] = process.argv.slice(2);
  if (flag === undefined) return `${process.platform}-${process.arch}`;
  if (flag !== '--target' || value === undefined || rest.length > 0)
    throw new ScriptError('Usage: npm run package -- [--target PLATFORM-ARCH]');
  return value;
}

await main(async () => {
  const target = chosenTarget();
  const { name, version } = await fillStage(target);
  const vsix = join(root, `${name}-${target}-${version}.vsix`);
  await createVSIX({
    cwd: stage,
    packagePath: vsix,
    target,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(vsix);
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  console.log(`${vsix}: ${megabytes(size)} MB`);
  if (size > maximumBytes) throw new ScriptError(`That is more than ${megabytes(maximumBytes)} MB.`);
  return 0;
});
