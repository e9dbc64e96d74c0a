/** Builds the sandbox as the project's build does, into a folder of this test run. */

import { build, type BuildOptions } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { type SandboxPaths, sandboxPathsIn } from '../../../src/energy/sandbox/paths';

interface Bundles {
  readonly bundleOptions: (settings: { outdir: string; minify: boolean; sourcemap: boolean }) => BuildOptions[];
}

async function buildInto(outdir: string): Promise<SandboxPaths> {
  const script = pathToFileURL(resolve('scripts/lib/bundles.mjs')).href;
  const { bundleOptions } = (await import(/* @vite-ignore */ script)) as Bundles;
  const wanted = bundleOptions({ outdir, minify: true, sourcemap: false }).filter(({ outfile }) =>
    /sandbox(Child|Prelude)\.js$/.test(outfile ?? ''),
  );
  await Promise.all(wanted.map((options) => build(options)));
  return sandboxPathsIn(outdir);
}

/** Builds before the tests of a file, and cleans up after them. The paths are there once the tests run. */
export function useSandbox(): () => SandboxPaths {
  let paths: SandboxPaths | undefined;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unblind-sandbox-'));
    paths = await buildInto(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => {
    if (!paths) throw new Error('the sandbox is not built yet');
    return paths;
  };
}
