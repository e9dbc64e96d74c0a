import type { ComparedRun, Comparison } from '../engine/compare/compareRuns';
import type { SampleMetricName } from '../engine/compare/sampleMetrics';
import { alignTable, bold, dim, figure, yellow } from './terminal';

const metricLabels: Readonly<Record<SampleMetricName, string>> = {
  w2: 'W2 to the data',
  mmd: 'MMD',
  energyDistance: 'energy distance',
  totalVariation: 'total variation',
};

function klCell({ kl, klStdErr }: ComparedRun): string {
  if (kl === null) return '-';
  return klStdErr !== null && klStdErr > 1e-3 * Math.abs(kl) ? `${figure(kl)} +- ${figure(klStdErr, 1)}` : figure(kl);
}

function weightCell({ weightError }: ComparedRun): string {
  return weightError === null ? '-' : `${figure(weightError.value)} (${figure(weightError.low, 2)} to ${figure(weightError.high, 2)})`;
}

/** What tells runs apart in a head: the objective, and energy and seed where they differ. */
function labelsOf(runs: readonly ComparedRun[]): string[] {
  const differ = (value: (run: ComparedRun) => unknown): boolean => new Set(runs.map(value)).size > 1;
  const [energies, seeds] = [differ(({ energy }) => energy), differ(({ seed }) => seed)];
  return runs.map(({ energy, objective, seed }) =>
    [...(energies ? [energy] : []), objective, ...(seeds ? [`seed ${seed}`] : [])].join(' '),
  );
}

/** One line a figure and one column a run, with what exact samples read at the end. */
export function comparisonText({ runs, notes }: Comparison): string {
  const labels = labelsOf(runs);
  const floors = new Set(runs.map(({ floor }) => floor)).size;
  const plain = (name: string, cell: (run: ComparedRun) => string): string[] => [name, ...runs.map(cell), ''];
  const metric = (name: SampleMetricName): string[] => [
    `  ${metricLabels[name]}`,
    ...runs.map((run) => figure(run[name])),
    floors === 1 ? floorCell(runs[0], name) : runs.map(({ floor }) => figure(floor[name]?.mean)).join(' / '),
  ];
  const rows = [
    ['', ...labels, 'floor'],
    plain('  KL(data || model)', klCell),
    ...(Object.keys(metricLabels) as SampleMetricName[]).map(metric),
    plain('  largest weight error', weightCell),
    plain('  seconds', ({ seconds }) => (seconds === null ? '-' : seconds.toFixed(1))),
  ];
  const from = [...new Set(runs.map(({ floorFrom }) => floorFrom))].join(' or ');
  const points = [...new Set(runs.map((run) => run.points))].join(' or ');
  return [
    bold([...new Set(runs.map(({ energy }) => energy))].join(', ')),
    alignTable(rows),
    dim(`  distances of ${points} draws of a model from as many rows of its data; floor: of two sets of ${from}, mean and 95 % range`),
    ...notes.map((note) => yellow(`  note: ${note}`)),
    ...runs.map(({ runDir }, i) => dim(`  ${labels[i] ?? ''}: ${runDir}`)),
  ].join('\n');
}

function floorCell(run: ComparedRun | undefined, name: SampleMetricName): string {
  const floor = run?.floor[name];
  return floor ? `${figure(floor.mean)} (${figure(floor.low, 2)} to ${figure(floor.high, 2)})` : '-';
}
