import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfTest } from '../../../src/executors/selfTest';
import { tensorflow } from '../../../src/executors/tfjs/tensorflow';
import { projectWith, workingPackage } from '../support/fakeTensorflow';

interface OldUtilities {
  isNullOrUndefined?: unknown;
  isArray?: unknown;
}

const util = createRequire(import.meta.url)('node:util') as OldUtilities;

describe('tfjs-tensorflow with a stand-in package (libtensorflow itself is not tested here)', () => {
  let before: OldUtilities = {};
  const projects: { remove: () => void }[] = [];

  const project = (packages: Readonly<Record<string, string>>): string => {
    const made = projectWith(packages);
    projects.push(made);
    return made.folder;
  };

  beforeEach(() => {
    before = { isNullOrUndefined: util.isNullOrUndefined, isArray: util.isArray };
    // As in Node 23 and later.
    delete util.isNullOrUndefined;
    delete util.isArray;
  });

  afterEach(() => {
    Object.assign(util, before);
    for (const { remove } of projects.splice(0)) remove();
  });

  it('is found from a project, gets the functions that newer Node lacks, and passes the self-test', async () => {
    const executor = await tensorflow(project({ '@tensorflow/tfjs-node': workingPackage }));
    expect(executor).toMatchObject({ id: 'tfjs-tensorflow', detail: '@tensorflow/tfjs-node 4.22.0-fake' });
    expect(await selfTest(executor)).toBeLessThan(1e-5);
  });

  it('prefers the package for GPUs', async () => {
    const executor = await tensorflow(
      project({ '@tensorflow/tfjs-node': 'throw new Error("not this one")', '@tensorflow/tfjs-node-gpu': workingPackage }),
    );
    expect(executor.detail).toContain('tfjs-node-gpu');
  });

  it('is refused with the first line of the error where the package does not load', async () => {
    const broken = project({ '@tensorflow/tfjs-node': 'throw new Error("libtensorflow.so.2: cannot open\\nRequire stack: ...")' });
    await expect(tensorflow(broken)).rejects.toMatchObject({
      name: 'ExecutorError',
      executor: 'tfjs-tensorflow',
      reason: 'failed',
      message:
        '@tensorflow/tfjs-node is installed but does not load (libtensorflow.so.2: cannot open); reinstall it, or choose executor onnx',
    });
  });

  it('is refused where the package brings no back end', async () => {
    const empty = project({ '@tensorflow/tfjs-node': 'module.exports = { setBackend: async () => false, version: {} };' });
    await expect(tensorflow(empty)).rejects.toMatchObject({ reason: 'failed', message: expect.stringMatching(/does not load/) });
  });

  it('is absent where no package is installed', async () => {
    await expect(tensorflow(project({}))).rejects.toMatchObject({
      reason: 'absent',
      message: expect.stringContaining('npm install @tensorflow/tfjs-node'),
    });
  });
});
