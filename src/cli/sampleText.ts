import type { FinishedSample } from '../engine/sample/runSample';
import type { SampleProblem } from '../engine/sample/sampleProblem';
import type { SampleResult } from '../runs/sampleRecord';
import type { FigureName } from '../samplers/sampler';
import { alignTable, bold, dim, figure, yellow } from './terminal';

const shownModes = 50;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Figures that mean something at the end, in words. */
const figureLines: readonly { readonly name: FigureName; readonly label: string; readonly text: (value: number) => string }[] = [
  { name: 'acceptance', label: 'acceptance', text: percent },
  { name: 'swapAcceptance', label: 'swaps accepted', text: percent },
  { name: 'effectiveShare', label: 'weights worth', text: (value) => `${percent(value)} of the particles` },
  { name: 'stepSize', label: 'step size', text: (value) => figure(value) },
  { name: 'noise', label: 'last noise', text: (value) => figure(value) },
  { name: 'bandwidth', label: 'bandwidth', text: (value) => figure(value) },
];

/** What the progress bar shows, while it goes on. */
const liveFigures: readonly { readonly name: FigureName; readonly label: string }[] = [
  { name: 'acceptance', label: 'acceptance' },
  { name: 'inverseTemperature', label: 'beta' },
  { name: 'noise', label: 'noise' },
  { name: 'bandwidth', label: 'bandwidth' },
  { name: 'logZ', label: 'log Z' },
];

/** Figures of a step in a few words. */
export function liveText(figures: Readonly<Record<string, number>>): string {
  return liveFigures.flatMap(({ name, label }) => (figures[name] === undefined ? [] : [`${label} ${figure(figures[name])}`])).join('  ');
}

function figureRows({ figures, temperature, chains, logZ }: SampleResult): [string, string][] {
  const rows = figureLines.flatMap(({ name, label, text }): [string, string][] => {
    const value = figures[name];
    // A step size that is no longer there is 0.
    return value === undefined || (name === 'stepSize' && value === 0) ? [] : [[label, text(value)]];
  });
  if (temperature)
    rows.push([
      'temperature',
      `${figure(temperature.value, 4)} +- ${figure(temperature.standardError, 1)} (1 where particles follow the density${figures.noise === undefined ? '' : ' with the last noise'})`,
    ]);
  if (chains) {
    rows.push(['R-hat', `${figure(chains.rHat, 4)} over ${chains.chains} chains of ${chains.draws} draws`]);
    rows.push(['effective draws', `${chains.essBulk.toFixed(0)} in the bulk, ${chains.essTail.toFixed(0)} in the tails`]);
  }
  if (logZ) {
    const how = logZ.upperFromExactSamples ? 'from exact samples' : 'from these particles';
    rows.push([
      'log Z',
      `from ${figure(logZ.lower, 4)} +- ${figure(logZ.lowerError, 1)} to ${figure(logZ.upper, 4)} +- ${figure(logZ.upperError, 1)} (back ${how})`,
    ]);
  }
  return rows;
}

function modeTable({ modes }: SampleResult): string[] {
  if (modes.length === 0) return [];
  const own = modes.some(({ ownWeight }) => ownWeight !== null);
  const data = modes.some(({ dataWeight }) => dataWeight !== null);
  const shown = [...modes].sort((a, b) => b.weight - a.weight).slice(0, shownModes);
  const order = modes.length > shownModes ? shown : modes;
  const rows = order.map(({ label, center, weight, weightStdErr, ownWeight, dataWeight }) => [
    `  ${label}`,
    `(${center
      .slice(0, 6)
      .map((c) => figure(c))
      .join(', ')}${center.length > 6 ? ', ...' : ''})`,
    weight.toFixed(3),
    weightStdErr >= 5e-4 ? `+-${weightStdErr.toFixed(3)}` : '',
    ...(own ? [ownWeight === null ? '-' : ownWeight.toFixed(3)] : []),
    ...(data ? [dataWeight === null ? '-' : dataWeight.toFixed(3)] : []),
  ]);
  const head = ['  mode', 'centre', 'particles', '', ...(own ? ['density'] : []), ...(data ? ['data'] : [])];
  const rest = modes.length > shownModes ? [dim(`  and ${modes.length - shownModes} lighter modes, in result.json`)] : [];
  return ['', alignTable([head, ...rows]), ...rest];
}

/** What finished particles say on a terminal. */
export function sampleText(problem: SampleProblem, { result, detail, candidates }: FinishedSample): string {
  const { sampler, target, start } = problem;
  const lines = [
    bold(`${result.energy}: ${result.particles} particles by ${sampler.label}`),
    `  ${result.steps} steps in ${result.seconds.toFixed(1)} s (${result.stepsPerSecond.toFixed(0)} steps/s), seed ${result.seed}, ${detail}`,
  ];
  const measured = candidates.filter((c) => c.stepsPerSecond !== undefined);
  if (measured.length > 1)
    lines.push(dim(`  measured: ${measured.map((c) => `${c.name} ${(c.stepsPerSecond ?? 0).toFixed(0)} scores/s`).join(', ')}`));
  lines.push(`  sampled: ${target.record.description}`, `  start: ${start.description}`, '');
  lines.push(...figureRows(result).map(([name, value]) => `  ${name.padEnd(18)}  ${value}`));
  lines.push(...modeTable(result));
  for (const warning of result.warnings) lines.push('', yellow(`  warning: ${warning}`));
  for (const note of result.notes) lines.push('', dim(`  note: ${note}`));
  lines.push('', `  run: ${result.runDir}`, dim(`  unblind export ${result.runDir} --to csv   writes the particles`));
  return lines.join('\n');
}
