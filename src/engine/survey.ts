import { surveyExecutors } from '../executors/open';
import type { FromEngine } from '../shared/protocol';

/** Tries every executor on this machine, as `unblind doctor` does. */
export async function survey(id: number): Promise<Extract<FromEngine, { type: 'surveyed' }>> {
  const found = await surveyExecutors();
  return { type: 'surveyed', id, executors: found.map(({ id: name, detail, refusal }) => ({ id: name, detail, refusal })) };
}
