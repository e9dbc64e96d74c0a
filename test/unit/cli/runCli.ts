import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cli = join(__dirname, '../../../dist/cli.js');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a user does. `started` is given the process while it runs. */
export function runCli(args: readonly string[], cwd: string, started?: (child: ChildProcess) => void): Promise<CliResult> {
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
  const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } });
  started?.(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}

/** A folder with the given files, and its removal. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'unblind cli '));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An energy file around a definition. */
export function energyFile(definition: string, before = ''): string {
  return `import * as tf from '@tensorflow/tfjs';\nimport { data, defineEnergy, mixing, mlp } from 'unblind';\n${before}\nexport const one = defineEnergy({ ${definition} });\nvoid [tf, data, mixing, mlp];\n`;
}
