import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * What stands in for tfjs-node: tfjs-core with the kernels of its plain JavaScript back end under the name 'tensorflow', and
 * the two functions of `util` that tfjs-node 4.22 calls and Node 23 dropped. There is no libtensorflow in it.
 */
export const workingPackage = `
const util = require('node:util');
if (util.isNullOrUndefined(0) || !util.isNullOrUndefined(undefined) || !util.isArray([])) throw new Error('util is broken');
const tf = require(${JSON.stringify(require.resolve('@tensorflow/tfjs-core'))});
tf.env().set('PROD', true);
const cpu = require(${JSON.stringify(require.resolve('@tensorflow/tfjs-backend-cpu'))});
tf.registerBackend('tensorflow', () => new cpu.MathBackendCPU());
for (const kernel of tf.getKernelsForBackend('cpu')) {
  if (!tf.getKernel(kernel.kernelName, 'tensorflow')) tf.registerKernel({ ...kernel, backendName: 'tensorflow' });
}
module.exports = { ...tf, version: { 'tfjs-node': '4.22.0-fake' } };
`;

/** A folder whose node_modules hold packages of the given names and main files. `remove` deletes it. */
export function projectWith(packages: Readonly<Record<string, string>>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'unblind-packages-'));
  for (const [name, source] of Object.entries(packages)) {
    const home = join(folder, 'node_modules', name);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.js' }));
    writeFileSync(join(home, 'index.js'), source);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
