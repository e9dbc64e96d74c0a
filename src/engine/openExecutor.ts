import type { ExecutorChoice } from '../executors/choose';
import { type Executor, ExecutorError, type ExecutorId } from '../executors/executor';
import { openExecutor } from '../executors/open';

/** What `auto` tries where there is no training loop to measure, the best first. */
const inOrder: readonly ExecutorId[] = ['onnx', 'tfjs-wasm', 'tfjs-cpu'];

/**
 * The executor that the user named, or the first that works here. Whoever opens one disposes it.
 * @throws ExecutorError where the named one cannot be had, or none works
 */
export async function openChosen(choice: ExecutorChoice): Promise<Executor> {
  if (choice !== 'auto') return (await openExecutor(choice)).executor;
  const refusals: string[] = [];
  for (const id of inOrder) {
    try {
      return (await openExecutor(id)).executor;
    } catch (error) {
      if (!(error instanceof ExecutorError)) throw error;
      refusals.push(error.message);
    }
  }
  throw new ExecutorError('onnx', 'absent', `no executor works here: ${refusals.join('; ')}`);
}
