import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** vitest takes its configuration from a default export. */
export default defineConfig({
  resolve: {
    alias: { unblind: new URL('./src/energy/unblind.ts', import.meta.url).pathname },
  },
  // As the build does: what is tested from its sources talks to what is tested as it is built.
  define: { UNBLIND_VERSION: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.{ts,mjs}'],
    // Tests of test/host and test/e2e run in VS Code.
    exclude: ['test/host/**', 'test/e2e/**', 'test/fixtures/**'],
    // Native code and tfjs back ends need a process of their own.
    pool: 'forks',
    poolOptions: { forks: { maxForks: 2 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
