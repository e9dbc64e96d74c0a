import type { ObjectiveName } from '../../shared/settings';
import type { RunData, Snapshot } from '../checkArrays';
import type { Run, SnapshotEntry } from '../runReader';

/** A run with what a report draws of it, read once. */
export interface RunView {
  readonly run: Run;
  /** How the report calls the run. */
  readonly label: string;
  /** CSS class of the run's colour. */
  readonly className: string;
  /** The last snapshot; null where the run has none. */
  readonly last: Snapshot | null;
  readonly data: RunData | null;
  readonly entries: readonly SnapshotEntry[];
}

const objectiveLabels: Readonly<Record<ObjectiveName, string>> = {
  mfd: 'MFD',
  'mfd-self-normalised': 'Self-normalised MFD',
  fisher: 'Score matching',
  sliced: 'Sliced score matching',
  'sliced-vr': 'Sliced score matching, reduced variance',
  denoising: 'Denoising score matching',
  'noise-annealed': 'Score matching, noise annealed',
  'multi-noise': 'Denoising over noise levels',
};

/** How many runs have a colour of their own; more than these share them. */
export const runColours = 6;

/** Reads what a report needs. `index` chooses the colour. Throws RunError where a snapshot or the data are damaged. */
export function viewRun(run: Run, index: number): RunView {
  const entries = run.snapshots();
  const step = entries.at(-1)?.step;
  return {
    run,
    label: objectiveLabels[run.record.objective],
    className: `c-run${index % runColours}`,
    last: step === undefined ? null : run.readSnapshot(step),
    data: run.readData(),
    entries,
  };
}

/** The views of runs that are shown together, with what tells them apart added to equal labels. */
export function viewRuns(runs: readonly Run[]): RunView[] {
  const views = runs.map(viewRun);
  const unique = (labels: readonly string[]): boolean => new Set(labels).size === labels.length;
  const names: ((view: RunView) => string)[] = [
    (view) => view.label,
    (view) => `${view.run.record.energy}, ${view.label}`,
    (view) => `${view.label}, seed ${view.run.record.seed}`,
    (view) => `${view.label}, ${view.run.record.id}`,
  ];
  const name = names.find((candidate) => unique(views.map(candidate))) ?? ((view: RunView) => `${view.label}, ${view.run.directory}`);
  return views.map((view) => ({ ...view, label: name(view) }));
}
