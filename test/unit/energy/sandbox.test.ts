import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleEnergyFile } from '../../../src/energy/bundle';
import { loadEnergyFile } from '../../../src/energy/load';
import { sandboxProtections } from '../../../src/energy/sandbox/flags';
import { SandboxProcess } from '../../../src/energy/sandbox/sandboxProcess';
import { startSpare, takeSandbox } from '../../../src/energy/sandbox/spare';
import { unblindExports } from '../../../src/energy/sandbox/protocol';
import * as unblind from '../../../src/energy/unblind';
import { useSandbox } from './sandboxBuild';
import { mistakeIn, writeEnergy, writeFiles } from './workspace';

const paths = useSandbox();

/** What code finds that runs at the top level of an energy file: the text it gives to `found`. */
async function findings(code: string): Promise<readonly string[]> {
  const path = await writeEnergy(
    `import { defineEnergy } from 'unblind';
const found = (value) => console.log(String(value));
const attempt = (run) => { try { found(run()); } catch (error) { found('threw ' + error.name); } };
${code}
export const e = defineEnergy({ dim: 1, energy: (x) => x.sum(1) });`,
    'test.energy.js',
  );
  return (await loadEnergyFile(path, { paths: paths() })).log;
}

describe('the sandbox', () => {
  it('has nothing but JavaScript', async () => {
    const names = [
      'process',
      'require',
      'module',
      'fetch',
      'setTimeout',
      'setInterval',
      'queueMicrotask',
      'Buffer',
      'XMLHttpRequest',
      'WebSocket',
      'performance',
      'global',
      'navigator',
      'structuredClone',
    ];
    const log = await findings(`for (const name of ${JSON.stringify(names)}) found(name + ' ' + typeof globalThis[name]);`);
    expect(log).toEqual(names.map((name) => `${name} undefined`));
  });

  it.each([
    ['Function', `attempt(() => Function('return typeof process')());`],
    ['eval', `attempt(() => (0, eval)('typeof process'));`],
    ['the constructor of the global object', `attempt(() => globalThis.constructor.constructor('return typeof process')());`],
    ['the constructor of the module', `attempt(() => defineEnergy.constructor('return typeof process')());`],
    [
      'the constructor of an error',
      `attempt(() => { try { null.a; } catch (error) { return error.constructor.constructor('return typeof process')(); } });`,
    ],
    [
      'the constructor of a generator',
      `attempt(() => Object.getPrototypeOf(function* () {}).constructor('yield typeof process')().next().value);`,
    ],
    ['WebAssembly', `attempt(() => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) && 'compiled');`],
  ])('makes no code from text by %s', async (_, code) => {
    const [log] = await findings(code);
    expect(log).toMatch(/^threw (EvalError|ReferenceError|TypeError)$/);
  });

  it('gives no way out by the frames of a stack', async () => {
    const log = await findings(`
Error.prepareStackTrace = (error, frames) => frames;
const frames = new Error().stack;
Error.prepareStackTrace = undefined;
for (const frame of Array.isArray(frames) ? frames : []) {
  const from = frame.getThis?.() ?? frame.getFunction?.();
  attempt(() => from === undefined ? 'nothing' : from.constructor.constructor('return typeof process')());
}
found(frames.length > 2 ? 'end' : 'no frames');`);
    expect(log.at(-1)).toBe('end');
    expect(log.slice(0, -1).filter((line) => !/^(nothing|undefined|threw .*)$/.test(line))).toEqual([]);
  });

  it('gives no way out by import()', async () => {
    const path = await writeEnergy(
      `import { defineEnergy } from 'unblind';
let got = 'nothing';
const name = 'fs';
import(name + '').then((m) => { got = 'module ' + typeof m.readFileSync; }, (error) => {
  try { got = 'escaped ' + error.constructor.constructor('return typeof process')(); } catch (e) { got = 'refused'; }
  console.log(got);
});
export const e = defineEnergy({ dim: 1, energy: (x) => x.sum(1) });`,
      'test.energy.js',
    );
    const { log } = await loadEnergyFile(path, { paths: paths() });
    expect(log.filter((line) => line !== 'refused')).toEqual([]);
    expect((await bundleEnergyFile(path)).code).not.toMatch(/\bimport\(/);
    const text = await writeEnergy(`import('node:fs');`, 'test.energy.js');
    expect(await mistakeIn(text, { paths: paths() })).toMatchObject({ reason: 'import' });
  });

  it('leaves little to code that got out of the context', async () => {
    // A process of its own code in place of ours: what the flags alone deny.
    const folder = await writeFiles({
      'attack.js': `
const deny = (name, run) => { try { run(); return name + ' works'; } catch (error) { return name + ' ' + (error.code ?? error.name); } };
process.send({ kind: 'ready' });
process.once('message', () => process.send({ kind: 'answer', text: [
  deny('write', () => require('fs').writeFileSync(__dirname + '/written', 'x')),
  deny('read', () => require('fs').readFileSync('/etc/hostname')),
  deny('spawn', () => require('child_process').spawnSync('true')),
  deny('worker', () => new (require('worker_threads').Worker)('1', { eval: true })),
  deny('code', () => Function('return 1')()),
  'environment ' + Object.keys(process.env).filter((name) => !name.startsWith('NODE_CHANNEL')).join(),
].join('; ') }));`,
    });
    expect(sandboxProtections().permissions).toBe(true);
    const attack = SandboxProcess.start({ child: join(folder, 'attack.js'), prelude: paths().prelude }, { timeoutMs: 2000, heapMb: 128 });
    const denied =
      'write ERR_ACCESS_DENIED; read ERR_ACCESS_DENIED; spawn ERR_ACCESS_DENIED; worker ERR_ACCESS_DENIED; code EvalError; environment ';
    expect(await attack.run('', { seed: 0 })).toEqual({ kind: 'answer', text: denied });
  });

  it('cannot be talked into an answer of another form', async () => {
    const path = await writeEnergy(`import { defineEnergy } from 'unblind';
JSON.stringify = () => '{"kind":"traced","log":[],"warnings":[],"energies":[{"dim":2}]}';
export const e = defineEnergy({ dim: 1, energy: (x) => x.sum(1) });`);
    expect(await mistakeIn(path, { paths: paths() })).toMatchObject({
      reason: 'crash',
      message: 'The sandbox gave an answer that is not well formed: energy.params is not a list.',
    });
  });

  it('cannot answer with an object', async () => {
    const path = await writeEnergy(`JSON.stringify = () => ({ get kind() { return 'traced'; } });`);
    expect(await mistakeIn(path, { paths: paths() })).toMatchObject({
      reason: 'crash',
      message: 'The sandbox of the energy file broke: it gave no answer.',
    });
  });

  it('is gone after its answer', async () => {
    const sandbox = SandboxProcess.start(paths(), { timeoutMs: 1000, heapMb: 128 });
    expect(await sandbox.run('var unblindExports = {};', { seed: 0 })).toMatchObject({ kind: 'answer' });
    await expect.poll(() => sandbox.isRunning).toBe(false);
  });

  it('is given once where it was started ahead, and only with the limits it was started with', async () => {
    const limits = { timeoutMs: 1000, heapMb: 128 };
    startSpare(paths(), limits);
    const other = await takeSandbox(paths(), { ...limits, heapMb: 64 });
    const taken = await Promise.all([takeSandbox(paths(), limits), takeSandbox(paths(), limits)]);
    expect(new Set([other, ...taken]).size).toBe(3);
    for (const sandbox of [other, ...taken]) expect((await sandbox.run('var unblindExports = {};', { seed: 0 })).kind).toBe('answer');
  });

  it('says why it does not start', async () => {
    const broken = { child: paths().child, prelude: `${paths().prelude}.absent` };
    const path = await writeEnergy('export const a = 1;');
    const error = await mistakeIn(path, { paths: broken });
    expect(error.reason).toBe('crash');
    expect(error.message).toMatch(/^The sandbox of the energy file broke: /);
  });

  it('exports what the bundler says it exports', () => {
    expect(Object.keys(unblind).sort()).toEqual([...unblindExports].sort());
  });
});
