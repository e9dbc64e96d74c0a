/** A real TypeScript server with the plugin, as VS Code starts it. */

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

interface Bundles {
  readonly pluginFolder: string;
  readonly bundleOptions: (settings: { outdir: string; minify: boolean; sourcemap: boolean }) => BuildOptions[];
}

type Emit = (outdir: string) => Promise<void>;

async function script<T>(name: string): Promise<T> {
  return (await import(/* @vite-ignore */ pathToFileURL(resolve('scripts/lib', name)).href)) as T;
}

/** Builds plugin and declarations as the project's build does. @returns the folder of the extension */
export async function buildExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unblind-plugin-'));
  const { bundleOptions, pluginFolder } = await script<Bundles>('bundles.mjs');
  const { emitTypes } = await script<{ readonly emitTypes: Emit }>('types.mjs');
  const { emitTfjsTypes } = await script<{ readonly emitTfjsTypes: Emit }>('tfjsTypes.mjs');
  const plugin = bundleOptions({ outdir: join(folder, 'dist'), minify: false, sourcemap: false }).filter(
    ({ outfile }) => outfile === join(folder, pluginFolder, 'index.js'),
  );
  await Promise.all([
    ...plugin.map((options) => build(options)),
    emitTypes(join(folder, 'dist/types')),
    emitTfjsTypes(join(folder, 'dist/types')),
  ]);
  return folder;
}

interface Answer {
  readonly type: 'response' | 'event';
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

export interface TypeScriptDiagnostic {
  readonly text: string;
  readonly code: number;
  readonly start: { readonly line: number; readonly offset: number };
}

/** What VS Code sets for files without a tsconfig.json. */
const implicitOptions = {
  module: 'ESNext',
  moduleResolution: 'Bundler',
  target: 'ES2022',
  jsx: 'react',
  allowJs: true,
  strict: true,
  allowSyntheticDefaultImports: true,
  allowNonTsExtensions: true,
};

export class TypeScriptServer {
  private readonly child: ChildProcess;
  private seq = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  /** @param extension the folder that holds node_modules/unblind-ts-plugin; without it the server is bare */
  constructor(extension: string | undefined) {
    const plugin = extension === undefined ? [] : ['--globalPlugins', 'unblind-ts-plugin', '--pluginProbeLocations', extension];
    const server = createRequire(import.meta.url).resolve('typescript/lib/tsserver.js');
    this.child = fork(server, ['--useNodeIpc', '--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents', ...plugin], {
      silent: true,
      execArgv: [],
    });
    this.child.on('message', (message: Answer) => {
      if (message.type === 'response') this.waiting.get(message.request_seq ?? 0)?.(message);
    });
    this.send('compilerOptionsForInferredProjects', { options: implicitOptions });
  }

  private send(command: string, args: unknown): number {
    const seq = ++this.seq;
    this.child.send({ seq, type: 'request', command, arguments: args });
    return seq;
  }

  open(file: string): void {
    this.send('open', { file });
  }

  /** Asks, and waits for the answer's body. Lines and offsets count from 1. */
  async ask<T>(command: string, args: Readonly<Record<string, unknown>>): Promise<T> {
    const seq = this.send(command, args);
    const answer = await new Promise<Answer>((done) => this.waiting.set(seq, done));
    this.waiting.delete(seq);
    if (answer.success !== true) throw new Error(`${command}: ${answer.message ?? ''}`);
    return answer.body as T;
  }

  diagnostics(file: string): Promise<readonly TypeScriptDiagnostic[]> {
    return this.ask('semanticDiagnosticsSync', { file });
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** Line and offset, from 1, of the first place where `text` has `part`; behind it where `behind`. */
export function placeOf(text: string, part: string, behind = false): { readonly line: number; readonly offset: number } {
  const at = text.indexOf(part) + (behind ? part.length : 0);
  const before = text.slice(0, at).split('\n');
  return { line: before.length, offset: (before.at(-1)?.length ?? 0) + 1 };
}

/** Removes what buildExtension made. */
export async function removeExtension(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
