import { root } from './paths.mjs';

/**
 * Bundles programs that only the repository runs, from the sources as they are, for Node; each is `NAME.cjs`.
 * @param {string} outdir absolute
 * @param {Readonly<Record<string, string>>} programs sources below the root, by name
 */
export async function bundlePrograms(outdir, programs) {
  // Loaded only now: the set-up installs esbuild.
  const esbuild = await import('esbuild');
  const { externalPackages } = await import('./bundles.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.entries(programs).map(([name, source]) => ({ in: source, out: name })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: externalPackages,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
