/** Bundles an energy file for the sandbox. */

import { builtinModules } from 'node:module';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import { isInside, workspaceRoot } from '../data/workspaceRoot';
import { renaming, suggestion } from './api/suggest';
import { EnergyFileError } from './errors';
import type { Fix } from '../shared/fix';
import { bundleName, preludeGlobal, unblindExports } from './sandbox/protocol';

/** A bundle with its source map. */
export interface Bundle {
  readonly code: string;
  /** Source map, JSON; sources are relative to `folder`. */
  readonly map: string;
  readonly folder: string;
  /** Absolute paths of the files it was made of. */
  readonly files: readonly string[];
}

const provided = 'unblind-provided';

/** Sources of the modules that the prelude provides. */
const modules: Readonly<Record<string, string>> = {
  unblind: unblindExports.map((name) => `export const ${name} = ${preludeGlobal}.unblind.${name};`).join('\n'),
  tfjs: `module.exports = ${preludeGlobal}.tf;`,
  empty: '',
};

/** Packages of TensorFlow.js by what stands for them; back ends need no import. */
const tfjsPackages = /^@tensorflow\/tfjs(-core|-layers|-node|-node-gpu)?$/;
const tfjsBackends = /^@tensorflow\/tfjs-backend-[a-z]+$/;

function providedModule(path: string): string | undefined {
  if (path === 'unblind') return 'unblind';
  if (tfjsPackages.test(path)) return 'tfjs';
  return tfjsBackends.test(path) ? 'empty' : undefined;
}

const builtins = new RegExp(`^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`);

const provide: Plugin = {
  name: provided,
  setup(build) {
    build.onResolve({ filter: /^(unblind$|@tensorflow\/)/ }, ({ path }) => {
      const module = providedModule(path);
      if (module !== undefined) return { path: module, namespace: provided };
      return { errors: [{ text: `"${path}" cannot be used in an energy file; use @tensorflow/tfjs.` }] };
    });
    build.onLoad({ filter: /.*/, namespace: provided }, ({ path }) => ({ contents: modules[path] ?? '', loader: 'js' }));
    build.onResolve({ filter: builtins }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === provided) return undefined;
      // A package of the workspace may have the name of a built-in module.
      const found = path.startsWith('node:') ? undefined : await build.resolve(path, { ...rest, pluginData: provided });
      if (found?.errors.length === 0) return found;
      const cure = 'it runs without files, network and processes; use data.csv and its like for data';
      return { errors: [{ text: `"${path}" is a part of Node.js, which an energy file cannot use: ${cure}.` }] };
    });
  },
};

const foreign = 'unblind-foreign';

/** Keeps what lies outside the workspace out of the bundle, also behind symbolic links: text of any file could be imported else. */
function keepInside(folder: string): Plugin {
  return {
    name: foreign,
    async setup(build) {
      const own = await realpath(folder).catch(() => folder);
      const roots = [workspaceRoot(folder), workspaceRoot(own)];
      build.onLoad({ filter: /.*/, namespace: 'file' }, async ({ path }) => {
        const real = await realpath(path).catch(() => path);
        if (roots.some((root) => isInside(real, root))) return undefined;
        return { errors: [{ text: `${path} lies outside the workspace (${roots[0]}), and cannot be imported; copy it there.` }] };
      });
    },
  };
}

/** Puts the editor's text in place of a file's. */
function unsaved(path: string, text: string): Plugin {
  return {
    name: 'unsaved',
    async setup(build) {
      const real = await realpath(path).catch(() => path);
      build.onLoad({ filter: /\.energy\.(ts|js)$/, namespace: 'file' }, (file) =>
        file.path === path || file.path === real ? { contents: text, loader: path.endsWith('.ts') ? 'ts' : 'js' } : undefined,
      );
    },
  };
}

/** What mends an import that was refused. */
function fixOfImport(text: string): Fix | undefined {
  const module = /^"(.*?)"/.exec(text)?.[1] ?? '';
  return module.startsWith('@tensorflow/') ? { kind: 'rename', from: module, to: '@tensorflow/tfjs' } : { kind: 'remove-import' };
}

/** The file of a position, absolute. */
function errorFrom({ text, location, pluginName }: Message, folder: string): EnergyFileError {
  const position = location ? { file: join(folder, location.file), line: location.line, column: location.column + 1 } : undefined;
  if (pluginName === provided) return new EnergyFileError('import', text, position, fixOfImport(text));
  if (pluginName === foreign) return new EnergyFileError('import', text, position);
  const unresolved = /^Could not resolve "(.*?)"/.exec(text)?.[1];
  if (unresolved !== undefined) {
    const cure = unresolved.startsWith('.') ? 'check the path' : 'install it in the workspace, or check its name';
    return new EnergyFileError('import', `The module "${unresolved}" is not there; ${cure}.`, position);
  }
  const missing = /^No matching export in "(.*)" for import "(.*)"/.exec(text);
  if (missing) {
    const [, from = '', name = ''] = missing;
    const isOurs = from === `${provided}:unblind`;
    const rest = isOurs ? suggestion(name, unblindExports) : '; check the name.';
    return new EnergyFileError(
      'import',
      `The module "${isOurs ? 'unblind' : from}" has no export "${name}"${rest}`,
      position,
      isOurs ? renaming(name, unblindExports) : undefined,
    );
  }
  return new EnergyFileError('syntax', text.endsWith('.') ? text : `${text}.`, position);
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/**
 * Bundles a file and what it imports.
 *
 * @param path absolute
 * @param text what the file consists of; by default what is on disk
 * @throws EnergyFileError where it does not parse, or imports what it cannot have
 */
export async function bundleEnergyFile(path: string, text?: string): Promise<Bundle> {
  const folder = dirname(path);
  try {
    const { build } = await import('esbuild');
    const result = await build({
      entryPoints: [path],
      absWorkingDir: folder,
      outfile: join(folder, bundleName),
      bundle: true,
      write: false,
      metafile: true,
      sourcemap: 'external',
      sourcesContent: false,
      format: 'iife',
      globalName: 'unblindExports',
      platform: 'neutral',
      mainFields: ['browser', 'module', 'main'],
      conditions: ['module'],
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'none',
      define: { 'process.env.NODE_ENV': '"production"' },
      // An import() that is left in the bundle would reach Node's own loader.
      supported: { 'dynamic-import': false },
      plugins: [provide, keepInside(folder), ...(text === undefined ? [] : [unsaved(path, text)])],
      logLevel: 'silent',
    });
    const file = (end: string): string => result.outputFiles.find((output) => output.path.endsWith(end))?.text ?? '';
    const files = Object.keys(result.metafile.inputs).filter((name) => !name.startsWith(`${provided}:`));
    return { code: file(basename(bundleName)), map: file('.map'), folder, files: files.map((name) => join(folder, name)) };
  } catch (error) {
    const [first] = isBuildFailure(error) ? error.errors : [];
    if (first) throw errorFrom(first, folder);
    throw new EnergyFileError('crash', `The bundler failed: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
