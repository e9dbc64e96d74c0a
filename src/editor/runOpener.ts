/** Opens run directories for panels: as the session of this window that writes to one, else as it lies on disk. No VS Code in here. */

import type { StoredDiagnosis } from '../runs/diagnosisFiles';
import type { PanelDiagnosis } from '../shared/panelProtocol';
import type { EnergyRef } from './energyRef';
import type { FitService } from './fitService';
import type { Joiner } from './joiner';
import { type PanelRunSource, SessionSource } from './panelRuns';
import { type SamplingSource, SessionSampling } from './panelSamplings';
import type { SampleService } from './sampleService';
import { nameOf } from './sessionService';
import type { Translate } from './translate';

/** A run of either kind. */
export type OpenedRun =
  | { readonly kind: 'fit'; readonly energy: EnergyRef; readonly source: PanelRunSource }
  | { readonly kind: 'sample'; readonly energy: EnergyRef; readonly source: SamplingSource };

/** The diagnosis that lies in a run directory; undefined where there is none that can be read. */
export type DiagnosisReader = (directory: string) => Promise<StoredDiagnosis | undefined>;

export class RunOpener {
  constructor(
    private readonly fits: FitService,
    private readonly samples: SampleService,
    private readonly joiner: Joiner,
    private readonly readDiagnosis: DiagnosisReader,
    private readonly t: Translate,
  ) {}

  /** Rejects with a RunError where the directory holds no run that can be read. */
  async open(directory: string): Promise<OpenedRun> {
    await this.joiner.join(directory);
    const fit = this.fits.writerOf(directory);
    if (fit !== undefined) return { kind: 'fit', energy: nameOf(fit.request), source: new SessionSource(fit, this.t) };
    const sampling = this.samples.writerOf(directory);
    if (sampling !== undefined) return { kind: 'sample', energy: nameOf(sampling.request), source: new SessionSampling(sampling, this.t) };
    const [{ readAnyRun }, { StoredRun }, { StoredSampling }] = await Promise.all([
      import('../runs/runReader'),
      import('./storedRun'),
      import('./storedSampling'),
    ]);
    const run = readAnyRun(directory);
    const energy: EnergyRef = { file: run.record.file, name: run.record.energy };
    return run.kind === 'fit'
      ? { kind: 'fit', energy, source: new StoredRun(run, this.t) }
      : { kind: 'sample', energy, source: new StoredSampling(run, this.t) };
  }

  /** The diagnosis that lies in a run directory, as a panel shows it. */
  async diagnosis(directory: string): Promise<PanelDiagnosis | undefined> {
    const answer = await this.readDiagnosis(directory).catch(() => undefined);
    return answer && { id: directory, state: { kind: 'done', answer }, live: false };
  }
}
