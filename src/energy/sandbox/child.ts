/**
 * The sandbox process: runs one energy file in a bare context, and ends. The context gets no object of the process: text
 * goes in as code, and only a text comes out.
 */

import { readFileSync } from 'node:fs';
import * as vm from 'node:vm';
import { closeDoors } from './closeDoors';
import { bundleName, isRunRequest, preludeGlobal, type RunReply, type RunRequest } from './protocol';

const host = process;

/** The time limit's timer counts whole milliseconds from a clock that is cut to them: it may fire this much early. */
const timerStepMs = 1;

/** Characters of the longest answer: a fit's parameters are far shorter, and the parent holds it whole. */
const longestAnswer = 2 ** 28;

function createContext(): vm.Context {
  // Without prototype, so that the context's global object leads to no object of this realm.
  return vm.createContext(Object.create(null) as vm.Context, {
    name: 'energy file',
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
}

function run(context: vm.Context, { code, options, timeoutMs }: RunRequest): RunReply {
  const start = performance.now();
  const call = `${preludeGlobal}.run(() => {\n${code}\nreturn unblindExports;\n}, ${JSON.stringify(JSON.stringify(options))})`;
  try {
    const script = new vm.Script(call, { filename: bundleName, lineOffset: -1 });
    const text: unknown = script.runInContext(context, { timeout: timeoutMs });
    if (typeof text !== 'string') return { kind: 'broken', message: 'it gave no answer' };
    return text.length <= longestAnswer ? { kind: 'answer', text } : { kind: 'broken', message: 'its answer is too long' };
  } catch {
    // What was thrown, also for the time limit, is an object of the context, and is not looked into.
    return performance.now() - start >= timeoutMs - timerStepMs
      ? { kind: 'timeout' }
      : { kind: 'broken', message: 'it ended with an error' };
  }
}

function reply(message: RunReply): void {
  host.send?.(message);
}

const context = createContext();
new vm.Script(readFileSync(host.argv[2] ?? '', 'utf8'), { filename: 'unblind-prelude.js' }).runInContext(context);
closeDoors();

host.once('message', (message: unknown) => {
  const answer: RunReply = isRunRequest(message)
    ? run(context, message)
    : { kind: 'broken', message: 'it was asked for something unknown' };
  if (host.send) host.send(answer, () => host.exit(0));
});
// A parent that is gone will not ask.
host.once('disconnect', () => host.exit(0));
reply({ kind: 'ready' });
