/** Declarations of the module that energy files import as 'unblind'. */

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';
import { ScriptError } from './run.mjs';

const source = join(root, 'src/energy/unblind.ts');

/**
 * Writes `unblind.d.ts` and the declarations that it refers to. Only what makes a declaration impossible
 * is an error here; the rest is the type check's.
 * @param {string} outdir
 */
export async function emitTypes(outdir) {
  if (!existsSync(source)) return;
  const sourceRoot = join(root, 'src');
  const program = ts.createProgram([source], {
    ...compilerOptions(),
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: outdir,
    rootDir: sourceRoot,
  });
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0) throw new ScriptError(ts.formatDiagnostics(diagnostics, formatHost).trimEnd());
  const target = relative(sourceRoot, source).replace(/\.ts$/, '').replaceAll('\\', '/');
  await mkdir(outdir, { recursive: true });
  await writeFile(join(outdir, 'unblind.d.ts'), `export * from './${target}';\n`);
}

/** @returns {ts.CompilerOptions} those of tsconfig.json */
function compilerOptions() {
  const file = join(root, 'tsconfig.json');
  const { config, error } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  if (error) throw new ScriptError(ts.formatDiagnostics([error], formatHost).trimEnd());
  return ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options;
}

/** @type {ts.FormatDiagnosticsHost} */
const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
