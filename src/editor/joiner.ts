/** Joins runs of this workspace that go on in processes of other windows, or have outlived theirs. No VS Code in here. */

import { readDoorMark } from '../runs/doorMark';
import { liveOwner } from '../runs/owner';
import type { FitService } from './fitService';
import type { HistoryEntry } from './historyEntry';
import type { SampleService } from './sampleService';
import { attempt } from './storedEnd';

export class Joiner {
  private readonly joining = new Map<string, Promise<void>>();

  constructor(
    private readonly fits: FitService,
    private readonly samples: SampleService,
  ) {}

  /** Joins those of the runs that go on. */
  take(entries: readonly HistoryEntry[]): void {
    for (const entry of entries) if (entry.kind !== 'broken' && entry.end === undefined) void this.join(entry.directory);
  }

  /** Joins the run that is written to a directory, where one is that this window does not follow yet. Resolves then; never rejects. */
  join(directory: string): Promise<void> {
    const begun = this.joining.get(directory) ?? this.begin(directory).finally(() => this.joining.delete(directory));
    this.joining.set(directory, begun);
    return begun;
  }

  private async begin(directory: string): Promise<void> {
    if (readDoorMark(directory) === undefined || this.follows(directory)) return;
    const { visitRun } = await import('../engine/attach/visit');
    const visit = await visitRun(directory);
    if (visit === undefined) return;
    const { engine, attached } = visit;
    const { work } = attached;
    if (work.type === 'fit') {
      const { storedCurves } = await import('./storedRun');
      const curves = attempt(() => storedCurves(directory));
      this.fits.join(work.request, engine, attached, (session) => curves && session.precede(curves));
      return;
    }
    const { storedFigures } = await import('./storedSampling');
    const figures = attempt(() => storedFigures(directory));
    this.samples.join(work.request, engine, attached, (session) => figures && session.precede(figures));
  }

  /** Whether a session of this window has the run: as long as it starts, it does not know its directory. */
  private follows(directory: string): boolean {
    const pid = liveOwner(directory)?.pid;
    return pid === undefined || [...this.fits.all, ...this.samples.all].some(({ isActive, enginePid }) => isActive && enginePid === pid);
  }
}
