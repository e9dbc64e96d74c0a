import { defineConfig } from 'vitest/config';

/** vitest takes its configuration from a default export. */
export default defineConfig({
  resolve: {
    alias: { unblind: new URL('./src/energy/unblind.ts', import.meta.url).pathname },
  },
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
