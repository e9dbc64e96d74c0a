import { checkFit } from '../energy/api/fit';
import { type LoadedFile, loadEnergyFile } from '../energy/load';
import type { TracedEnergy } from '../energy/traced';
import type { SourcePosition } from '../graph/graph';
import type { FitRequest, FromEngine } from '../shared/protocol';
import { ChoiceFile } from './choiceFile';
import { endOfError } from './endOfError';
import { executorChoice } from './executorChoice';
import { fitEnergy } from './fit/fitEnergy';
import type { FitHooks } from './fit/hooks';
import { resumableRun, resumeFit } from './fit/resumeFit';
import type { FinishedFit } from './fit/runFit';

type Ended = Extract<FromEngine, { type: 'ended' }>;

/** Loads what a request is about, and starts or resumes its fit; `onLoaded` is told what the file says of itself before that. */
async function fitOf(request: FitRequest, hooks: FitHooks, onLoaded: (loaded: LoadedFile) => void): Promise<FinishedFit> {
  const { resume, warmFrom, file, energy, seed } = request;
  const machine = { executor: executorChoice(request.executor), memory: new ChoiceFile(), hooks };
  const load = async (choice: Pick<FitRequest, 'file' | 'energy' | 'seed'>): Promise<TracedEnergy> => {
    hooks.onStage?.('Loading the energy file');
    const loaded = await loadEnergyFile(choice.file, { energy: choice.energy, seed: choice.seed });
    onLoaded(loaded);
    return loaded.energies[0]!;
  };
  if (resume !== undefined) {
    const run = resumableRun(resume);
    return resumeFit(await load(run.record), run, machine);
  }
  const overrides = checkFit(request.overrides);
  const traced = await load({ file, energy, seed });
  return fitEnergy(traced, { ...machine, file, seed, overrides, ...(warmFrom !== undefined && { warmFrom }) });
}

/** Does a fit that was asked for by message. Throws only what is a fault of the program. */
export async function fitRequest(request: FitRequest, hooks: FitHooks): Promise<Ended> {
  let definition: SourcePosition | undefined;
  let warnings: readonly string[] = [];
  try {
    const { interrupted, notes } = await fitOf(request, hooks, (loaded) => {
      definition = loaded.energies[0]!.source;
      warnings = loaded.warnings;
    });
    return { type: 'ended', end: { kind: interrupted ? 'stopped' : 'done' }, notes: [...warnings, ...notes] };
  } catch (error) {
    const end = endOfError(error, definition);
    if (!end) throw error;
    return { type: 'ended', end, notes: warnings };
  }
}
