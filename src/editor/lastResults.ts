/** The last result of each energy, with the verdict of a diagnosis that is about it: of this window, else of the runs on disk. */

import type { DiagnosisRecord } from '../shared/diagnosis';
import type { DiagnoseService } from './diagnoseService';
import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { FitService } from './fitService';
import { outcomeWords, progressWords, verdictWords } from './resultWords';
import type { HistoryEntry } from './historyEntry';
import type { RunSession } from './runSession';
import type { Translate } from './translate';

interface Stored {
  readonly words: string;
  readonly directory: string;
  readonly diagnosis: DiagnosisRecord | undefined;
}

export class LastResults extends Disposable {
  private readonly changes = this.register(new Emitter<void>());
  readonly onDidChange = this.changes.event;
  /** By energy: the newest run on disk with a result, and its diagnosis. */
  private readonly stored = new Map<string, Stored>();

  constructor(
    private readonly fits: FitService,
    private readonly diagnoses: DiagnoseService,
    private readonly t: Translate,
  ) {
    super();
    this.register(fits.onDidStart(() => this.changes.fire()));
    this.register(diagnoses.onDidEnd(() => this.changes.fire()));
    this.register(
      fits.onDidChange(({ change }) => {
        // Not at every step: the code would flicker.
        if (change.type !== 'points' && change.type !== 'frame') this.changes.fire();
      }),
    );
  }

  /** Takes the runs on disk, newest first. */
  take(entries: readonly HistoryEntry[]): void {
    this.stored.clear();
    for (const entry of entries) {
      if (entry.kind !== 'run') continue;
      const key = energyKey({ file: entry.record.file, name: entry.record.energy });
      if (this.stored.has(key)) continue;
      const words = storedWords(entry, this.t);
      const { directory, diagnosis } = entry;
      if (words !== undefined) this.stored.set(key, { words, directory, diagnosis });
    }
    this.changes.fire();
  }

  /** A few words, never empty. */
  textOf(energy: EnergyRef): string {
    const { t } = this;
    const session = this.fits.latest(energy);
    const live = session === undefined ? undefined : sessionWords(session, t);
    const stored = this.stored.get(energyKey(energy));
    const words = live ?? stored?.words;
    const found = this.foundOf(energy);
    const directory = live === undefined ? stored?.directory : session?.directory;
    const verdict = belongs(found, directory) ? found : live === undefined ? stored?.diagnosis : undefined;
    if (verdict === undefined) return words ?? t('not fitted yet');
    return words === undefined ? verdictWords(verdict.verdict, t) : t('{0}; {1}', words, verdictWords(verdict.verdict, t));
  }

  private foundOf(energy: EnergyRef): DiagnosisRecord | undefined {
    const state = this.diagnoses.of(energy)?.state;
    return state?.kind === 'done' ? state.answer.record : undefined;
  }
}

/** Whether a diagnosis is about the run in a directory, or about the energy itself where there is none. */
function belongs(record: DiagnosisRecord | undefined, directory: string | undefined): record is DiagnosisRecord {
  return record?.runDir === (directory ?? null);
}

function sessionWords(session: RunSession, t: Translate): string | undefined {
  const { phase, stage, info, end, frame, step, steps } = session;
  if (phase !== 'ended') {
    // The step would change the line at each look; the status bar has it.
    return phase === 'running' && stage === undefined ? t('fitting...') : progressWords({ phase, stage, step, steps }, t);
  }
  if (end === undefined || (info === undefined && end.kind === 'stopped')) return undefined;
  const objective = info?.objective ?? session.request.overrides.objective ?? 'mfd';
  return outcomeWords({ objective, kl: frame?.kl ?? null, modes: frame?.modes ?? [], end: end.kind }, t);
}

function storedWords({ record, result, end }: Extract<HistoryEntry, { kind: 'run' }>, t: Translate): string | undefined {
  const { objective } = record;
  if (end?.status === 'failed') return outcomeWords({ objective, kl: null, modes: [], end: 'diverged' }, t);
  if (result === null) return undefined;
  return outcomeWords({ objective, kl: result.kl, modes: result.modes, end: end?.status === 'interrupted' ? 'stopped' : 'done' }, t);
}
