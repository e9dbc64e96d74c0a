/** The part of mocha that the suites use. It lies beside the VS Code server, where TypeScript does not look. */

import { createRequire } from 'node:module';

type Body = () => void | Promise<void>;

interface Globals {
  readonly describe: (title: string, body: () => void) => void;
  readonly it: (title: string, body: Body) => void;
  readonly before: (body: Body) => void;
  readonly afterEach: (body: Body) => void;
}

interface Runner {
  on(event: 'pass', listener: (test: { fullTitle(): string; readonly duration?: number }) => void): Runner;
  on(event: 'fail', listener: (test: { fullTitle(): string }, error: Error) => void): Runner;
}

interface Mocha {
  readonly suite: { emit(event: 'pre-require', globals: object, file: null, mocha: Mocha): void };
  run(done: (failures: number) => void): Runner;
}

type MochaClass = new (options: object) => Mocha;

/** Tests of one window: `define` declares them, the answer is what VS Code runs. */
export function suite(define: (globals: Globals) => void): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      const load = createRequire(__filename);
      const loaded = load(process.env['UNBLIND_TEST_MOCHA'] ?? 'mocha') as { readonly default?: MochaClass } & MochaClass;
      const reporterOptions = { output: process.env['UNBLIND_TEST_RESULTS'] };
      const mocha = new (loaded.default ?? loaded)({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'json', reporterOptions });
      const globals: Partial<Globals> = {};
      mocha.suite.emit('pre-require', globals, null, mocha);
      define(globals as Globals);
      mocha
        .run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()))
        .on('pass', (test) => say(`  ok   ${test.fullTitle()} (${test.duration ?? 0} ms)`))
        .on('fail', (test, error) => say(`  FAIL ${test.fullTitle()}: ${error.stack ?? error.message}`));
    });
}

/** A line of the test run's output: VS Code passes the console on to it. */
export function say(line: string): void {
  // eslint-disable-next-line no-console -- the one way out of the extension host
  console.log(line);
}
