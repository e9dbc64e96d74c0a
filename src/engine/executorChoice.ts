import { ApiError } from '../energy/api/apiError';
import type { ExecutorChoice } from '../executors/choose';
import { executorIds } from '../executors/executor';

/** The executor that a request names. Throws ApiError for one that there is not. */
export function executorChoice(name: string): ExecutorChoice {
  const known = ['auto', ...executorIds] as const;
  const found = known.find((id) => id === name);
  if (found === undefined) throw new ApiError('argument', `There is no executor "${name}"; known are ${known.join(', ')}.`);
  return found;
}
