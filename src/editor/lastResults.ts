/** The last result of each energy: of this window's sessions, else of the runs on disk. */

import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { FitService } from './fitService';
import { outcomeWords, progressWords } from './resultWords';
import type { HistoryEntry } from './runHistory';
import type { RunSession } from './runSession';
import type { Translate } from './translate';

export class LastResults extends Disposable {
  private readonly changes = this.register(new Emitter<void>());
  readonly onDidChange = this.changes.event;
  private readonly stored = new Map<string, string>();

  constructor(
    private readonly fits: FitService,
    private readonly t: Translate,
  ) {
    super();
    this.register(fits.onDidStart(() => this.changes.fire()));
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
      const words = storedWords(entry, this.t);
      if (words !== undefined && !this.stored.has(key)) this.stored.set(key, words);
    }
    this.changes.fire();
  }

  /** A few words, never empty. */
  textOf(energy: EnergyRef): string {
    const session = this.fits.latest(energy);
    const live = session === undefined ? undefined : sessionWords(session, this.t);
    return live ?? this.stored.get(energyKey(energy)) ?? this.t('not fitted yet');
  }
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
