import { checkFit } from '../energy/api/fit';
import { loadEnergyFile } from '../energy/load';
import type { SourcePosition } from '../graph/graph';
import type { FitRequest, FromEngine } from '../shared/protocol';
import { ChoiceFile } from './choiceFile';
import { endOfError } from './endOfError';
import { executorChoice } from './executorChoice';
import { fitEnergy } from './fit/fitEnergy';
import type { FitHooks } from './fit/hooks';

type Ended = Extract<FromEngine, { type: 'ended' }>;

/** Does a fit that was asked for by message. Throws only what is a fault of the program. */
export async function fitRequest(request: FitRequest, hooks: FitHooks): Promise<Ended> {
  const { file, energy, seed, warmFrom } = request;
  let definition: SourcePosition | undefined;
  let warnings: readonly string[] = [];
  try {
    const overrides = checkFit(request.overrides);
    const executor = executorChoice(request.executor);
    hooks.onStage?.('Loading the energy file');
    const loaded = await loadEnergyFile(file, { energy, seed });
    const traced = loaded.energies[0]!;
    definition = traced.source;
    warnings = loaded.warnings;
    const { interrupted, notes } = await fitEnergy(traced, {
      file,
      seed,
      overrides,
      executor,
      memory: new ChoiceFile(),
      hooks,
      ...(warmFrom !== undefined && { warmFrom }),
    });
    return { type: 'ended', end: { kind: interrupted ? 'stopped' : 'done' }, notes: [...warnings, ...notes] };
  } catch (error) {
    const end = endOfError(error, definition);
    if (!end) throw error;
    return { type: 'ended', end, notes: warnings };
  }
}
