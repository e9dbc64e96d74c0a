import { loadEnergyFile } from '../energy/load';
import type { SourcePosition } from '../graph/graph';
import type { FromEngine } from '../shared/protocol';
import type { SampleRequest } from '../shared/sampleProtocol';
import { projectRoot } from '../runs/projectRoot';
import { endOfError } from './endOfError';
import { executorChoice } from './executorChoice';
import type { SampleHooks } from './sample/hooks';
import { sampleEnergy } from './sample/sampleEnergy';

type Ended = Extract<FromEngine, { type: 'ended' }>;

/** Does a sampler run that was asked for by message. Throws only what is a fault of the program. */
export async function sampleRequest(request: SampleRequest, hooks: SampleHooks): Promise<Ended> {
  const { file, energy, seed, sampler, options, particles, start, run, guide } = request;
  let definition: SourcePosition | undefined;
  let warnings: readonly string[] = [];
  try {
    const executor = executorChoice(request.executor);
    hooks.onStage?.('Loading the energy file');
    const loaded = await loadEnergyFile(file, { energy, seed });
    const traced = loaded.energies[0]!;
    definition = traced.source;
    warnings = loaded.warnings;
    const steering = guide && (await loadEnergyFile(file, { energy: guide.energy, seed })).energies[0]!;
    const { interrupted, result } = await sampleEnergy(traced, {
      file,
      seed,
      options,
      executor,
      directory: projectRoot(file),
      hooks,
      ...(sampler !== undefined && { sampler }),
      ...(particles !== undefined && { particles }),
      ...(start !== undefined && { start }),
      ...(run !== undefined && { run }),
      ...(steering && { guide: { traced: steering, weight: guide.weight } }),
    });
    return { type: 'ended', end: { kind: interrupted ? 'stopped' : 'done' }, notes: [...warnings, ...result.notes] };
  } catch (error) {
    const end = endOfError(error, definition);
    if (!end) throw error;
    return { type: 'ended', end, notes: warnings };
  }
}
