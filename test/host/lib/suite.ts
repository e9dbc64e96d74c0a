/** Runs tests inside the extension host. No package does: whatever VS Code runs on, this file is all that is needed. */

import { writeFileSync } from 'node:fs';

type Body = () => void | Promise<void>;

/** What a file of tests declares. Tests run in order; after a failed `before` none does. */
export interface Declare {
  readonly it: (title: string, body: Body, seconds?: number) => void;
  readonly before: (body: Body) => void;
  readonly afterEach: (body: Body) => void;
}

/** A machine may have much else to do. */
const usualSeconds = 240;

/** The tests of one window; the answer is what VS Code runs. How they went is written beside the bundle after each. */
export function suite(title: string, define: (declare: Declare) => void): () => Promise<void> {
  return async () => {
    const tests: { readonly title: string; readonly body: Body; readonly seconds: number }[] = [];
    let [before, afterEach]: [Body, Body] = [nothing, nothing];
    define({
      it: (name, body, seconds = usualSeconds) => tests.push({ title: `${title} ${name}`, body, seconds }),
      before: (body) => (before = body),
      afterEach: (body) => (afterEach = body),
    });
    const totals = { passed: 0, failed: 0 };
    const failed = (name: string, error: unknown): void => {
      say(`  FAIL ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      totals.failed++;
    };
    const ready = await within(usualSeconds, before).then(
      () => true,
      (error: unknown) => {
        failed(`${title}: before`, error);
        return false;
      },
    );
    for (const test of ready ? tests : []) {
      const started = performance.now();
      try {
        await within(test.seconds, test.body);
        await within(usualSeconds, afterEach);
        say(`  ok   ${test.title} (${(performance.now() - started).toFixed(0)} ms)`);
        totals.passed++;
      } catch (error) {
        failed(test.title, error);
        await within(usualSeconds, afterEach).catch(nothing);
      }
      writeFileSync(`${__filename}.json`, JSON.stringify(totals));
    }
    writeFileSync(`${__filename}.json`, JSON.stringify(totals));
    if (totals.failed > 0) throw new Error(`${totals.failed} tests failed`);
  };
}

async function within(seconds: number, body: Body): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No end within ${seconds} s.`)), 1000 * seconds);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function nothing(): void {
  // Where a file declares none.
}

/** A line of the test run's output: VS Code passes the console on to it. */
export function say(line: string): void {
  // eslint-disable-next-line no-console -- the one way out of the extension host
  console.log(line);
}
