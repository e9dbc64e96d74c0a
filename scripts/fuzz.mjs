/**
 * `npm run fuzz -- --count N --seed S`: damaged inputs for all readers of files and messages. The last line is
 * `fuzzed N inputs, faults N`. One that does not end is a fault.
 */

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';

/** Time within which fifty inputs are done on the slowest of machines. */
const stuckMs = 120_000;

/**
 * @param {string} current file that is written as inputs go by
 * @param {() => void} stuck called where it is not any more
 */
function watch(current, stuck) {
  const started = Date.now();
  return setInterval(() => {
    void stat(current).then(
      ({ mtimeMs }) => Date.now() - mtimeMs > stuckMs && stuck(),
      () => Date.now() - started > stuckMs && stuck(),
    );
  }, 5000);
}

await main(async () => {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } } });
  if (![values.count, values.seed].every((text) => /^\d{1,9}$/.test(text))) {
    console.error('usage: npm run fuzz -- --count N --seed S, with whole numbers');
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'unblind-fuzz-'));
  const [program, current] = [join(folder, 'main.cjs'), join(folder, 'current')];
  try {
    await build({
      entryPoints: [join(root, 'test/unit/fuzz/main.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      logLevel: 'error',
    });
    const child = spawn(process.execPath, ['--max-old-space-size=2048', program, values.count, values.seed], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, UNBLIND_FUZZ_INPUT: current },
    });
    const timer = watch(current, () => child.kill('SIGKILL'));
    /** @type {number | null} */
    const status = await new Promise((done) => child.on('close', done));
    clearInterval(timer);
    if (status === null || status > 1) {
      console.log(`it did not end, or broke the process: ${await readFile(current, 'utf8').catch(() => 'at its start')}`);
      console.log(`fuzzed ${values.count} inputs, faults 1`);
    }
    return status === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
