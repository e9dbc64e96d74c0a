import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Tfjs } from '../../graph/primitive';
import { ExecutorError } from '../executor';
import { firstLine } from './core';
import { TfjsExecutor } from './tfjsExecutor';

/** Functions that Node 23 dropped and tfjs-node 4.22 still calls. */
function restoreUtilities(require: NodeJS.Require): void {
  const util = require('node:util') as { isNullOrUndefined?: (v: unknown) => boolean; isArray?: (v: unknown) => boolean };
  util.isNullOrUndefined ??= (v) => v === null || v === undefined;
  util.isArray ??= Array.isArray;
}

/** TensorFlow's own library through tfjs-node, if the user installed it: it is looked for from `from`, then beside Unblind. */
export async function tensorflow(from: string = process.cwd()): Promise<TfjsExecutor> {
  for (const base of [join(from, 'package.json'), __filename]) {
    const require = createRequire(base);
    for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
      let path: string;
      try {
        path = require.resolve(name);
      } catch {
        continue;
      }
      try {
        restoreUtilities(require);
        const tf = require(path) as Tfjs & { version: Record<string, string> };
        if (!(await tf.setBackend('tensorflow'))) throw new Error('its initialisation failed');
        return new TfjsExecutor('tfjs-tensorflow', `${name} ${tf.version['tfjs-node'] ?? tf.version_core}`, tf, 'tensorflow');
      } catch (error) {
        throw new ExecutorError(
          'tfjs-tensorflow',
          'failed',
          `${name} is installed but does not load (${firstLine(error)}); reinstall it, or choose executor onnx`,
        );
      }
    }
  }
  throw new ExecutorError(
    'tfjs-tensorflow',
    'absent',
    'TensorFlow is not installed here: npm install @tensorflow/tfjs-node, or choose executor onnx',
  );
}
