import { loadEnergyFile } from '../energy/load';
import type { SourcePosition } from '../graph/graph';
import type { BridgeRequest, DiagnoseRequest, DiagnosisAnswer } from '../shared/diagnosisProtocol';
import type { FromEngine, RunEnd } from '../shared/protocol';
import { diagnose } from './diagnose/diagnose';
import type { BridgedFigures } from './diagnose/figures';
import { keepDiagnosis } from './diagnose/keepDiagnosis';
import type { DiagnoseHooks } from './diagnose/watch';
import { endOfError } from './endOfError';
import { executorChoice } from './executorChoice';

type Diagnosed = Extract<FromEngine, { type: 'diagnosed' }>;
type Bridged = Extract<FromEngine, { type: 'bridged' }>;

/** How a diagnosis is followed, and given up. */
interface Following {
  readonly onStage: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Diagnoses that were asked for by message, of which the last stays open for other bridges. */
export class Diagnoses {
  private last: BridgedFigures | { readonly problem: string } = { problem: 'Nothing has been diagnosed yet.' };

  /**
   * Diagnoses a density; what the user can mend is part of the answer, and the diagnosis is kept as the request says.
   * @returns undefined where it was given up
   */
  async diagnose(id: number, request: DiagnoseRequest, following: Following): Promise<Diagnosed | undefined> {
    this.last = { problem: 'The last diagnosis did not come to its end.' };
    const answer = await this.answer(request, following).catch((error: unknown): undefined => {
      if (!following.signal.aborted) throw error;
    });
    return answer && { type: 'diagnosed', id, answer };
  }

  /** The figures of the last diagnosis with another bridge. */
  bridge(id: number, request: BridgeRequest): Bridged {
    const answer = 'problem' in this.last ? this.last : this.last.answer(request);
    return { type: 'bridged', id, answer };
  }

  private async answer({ file, energy, executor, seed, run, keepIn }: DiagnoseRequest, hooks: Following): Promise<DiagnosisAnswer> {
    let definition: SourcePosition | undefined;
    try {
      const choice = executorChoice(executor);
      hooks.signal.throwIfAborted();
      const loaded = await loadEnergyFile(file, { energy, seed, signal: hooks.signal });
      const traced = loaded.energies[0]!;
      definition = traced.source;
      const options = { file, seed, executor: choice, figures: true, hooks: hooks satisfies DiagnoseHooks };
      const { record, figures, bridges } = await diagnose(traced, { ...options, ...(run !== undefined && { run }) });
      hooks.signal.throwIfAborted();
      this.last = bridges ?? { problem: 'This density has no two modes of known weight, so there is nothing to bridge.' };
      const shown = figures ?? { curves: null, pictures: null };
      return { record: keepDiagnosis({ ...record, notes: [...loaded.warnings, ...record.notes] }, shown, keepIn), figures: shown };
    } catch (error) {
      const end = endOfError(error, definition);
      if (!end || hooks.signal.aborted) throw error;
      return problemOf(end);
    }
  }
}

function problemOf(end: RunEnd): DiagnosisAnswer {
  const problem = 'message' in end ? end.message : 'The diagnosis ended before it was done.';
  return end.kind === 'bad-input' && end.position ? { problem, position: end.position } : { problem };
}
