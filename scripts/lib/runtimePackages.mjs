/** The packages that a .vsix carries beside the bundles, and which of their files one platform needs. */

import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { root } from './paths.mjs';
import { ScriptError } from './run.mjs';

/**
 * @typedef {object} RuntimePackage
 * @property {string} name
 * @property {boolean} [optional] left out where it is not installed
 * @property {readonly string[]} files files and folders inside the package
 */

/**
 * @param {string} target platform and architecture as VS Code names them, such as linux-x64
 * @returns {readonly RuntimePackage[]}
 */
export function runtimePackages(target) {
  const [platform = '', arch = ''] = target.split('-');
  const dawn = platform === 'darwin' ? 'darwin-universal' : target;
  const esbuildBinary = platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild';
  return [
    { name: 'esbuild', files: ['package.json', 'LICENSE.md', 'lib/main.js'] },
    { name: `@esbuild/${target}`, files: ['package.json', esbuildBinary] },
    { name: 'onnxruntime-node', files: ['package.json', 'dist', `bin/napi-v6/${platform}/${arch}`] },
    { name: 'onnxruntime-common', files: ['package.json', 'dist/cjs'] },
    { name: 'webgpu', optional: true, files: ['package.json', 'LICENSE.md', 'index.js', `dist/${dawn}`] },
  ];
}

/**
 * Copies a package's listed files, without source maps and declarations. Throws a ScriptError where one is missing.
 * @param {RuntimePackage} wanted
 * @param {string} nodeModules the folder to copy to
 */
export async function copyPackage({ name, optional, files }, nodeModules) {
  const from = join(root, 'node_modules', name);
  if (!existsSync(from)) {
    if (optional === true) return;
    throw new ScriptError(`node_modules/${name} is missing: run npm run setup on a machine of that platform.`);
  }
  for (const file of files) {
    const source = join(from, file);
    if (!existsSync(source)) throw new ScriptError(`${relative(root, source)} is missing: the list in runtimePackages.mjs is out of date.`);
    const destination = join(nodeModules, name, file);
    await mkdir(dirname(destination), { recursive: true });
    await cp(source, destination, { recursive: true, filter: (path) => !/\.(map|d\.ts)$/.test(path) });
  }
}
