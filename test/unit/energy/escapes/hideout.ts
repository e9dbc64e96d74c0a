/** A workspace with the files that want out, and beside it what they must not reach. */

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Escape, sourceOf } from './escape';

/** Text of the secret files, and of the secret variable. */
export const fileSecret = 'unblind-file-secret-5417';
export const environmentSecret = 'unblind-environment-secret-8802';

/** The folders of one run, and its listener. */
export interface Hideout {
  readonly folder: string;
  connections(): number;
  fileOf(escape: Escape): string;
  /** Names of the escapes that wrote. */
  written(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

const secrets: Readonly<Record<string, string>> = {
  'secret.txt': fileSecret,
  secret: `${fileSecret} is not JavaScript`,
  'secret.js': `export default ${JSON.stringify(fileSecret)};`,
  'secret.json': JSON.stringify({ secret: fileSecret }),
  'secret.csv': `${fileSecret},other\n1,2\n${fileSecret},3\n`,
  'secret.node': fileSecret,
};

const unblindStub = `const helper = () => ({});
export const data = { csv: helper, json: helper };
export const mixing = {};
export const defineEnergy = (definition) => definition;`;

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** Lays everything out. */
export async function layOut(escapes: readonly Escape[]): Promise<Hideout> {
  const folder = await mkdtemp(join(tmpdir(), 'unblind-escapes-'));
  const [work, outside, proofs] = [join(folder, 'work'), join(folder, 'outside'), join(folder, 'outside', 'proofs')];
  let connections = 0;
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  listener.on('connection', (socket) => {
    connections++;
    socket.on('error', () => undefined).end();
  });
  const { port } = listener.address() as { port: number };
  await writeAll(outside, secrets);
  await mkdir(proofs);
  await writeAll(work, {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { stolen: ['../outside/secret.js'] } } }),
    'targets.js': `export const port = ${port};
export const proofs = ${JSON.stringify(`${proofs}/`)};
export const secret = ${JSON.stringify(`${outside}/`)};`,
    ...Object.fromEntries(escapes.map((escape) => [`${escape.name}.energy.js`, sourceOf(escape)])),
  });
  // What plain Node.js needs to run the same files; the sandbox brings its own.
  await writeAll(join(work, 'node_modules', 'unblind'), {
    'package.json': '{ "type": "module", "main": "index.js" }',
    'index.js': unblindStub,
  });
  await writeAll(join(work, 'node_modules', 'trojan'), { 'package.json': '{ "main": "link.js", "type": "module" }' });
  await symlink(join(outside, 'secret.js'), join(work, 'node_modules', 'trojan', 'link.js'));
  for (const name of ['link.js', 'link.csv']) await symlink(join(outside, name.replace('link', 'secret')), join(work, name));
  await symlink(outside, join(work, 'linked'));
  execFileSync('mkfifo', [join(work, 'pipe')]);
  return {
    folder,
    connections: () => connections,
    fileOf: ({ name }) => join(work, `${name}.energy.js`),
    written: () => readdir(proofs),
    remove: () => {
      listener.close();
      return rm(folder, { recursive: true, force: true });
    },
  };
}
