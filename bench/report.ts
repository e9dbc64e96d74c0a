/** What the benchmark prints. */

import { type Agreement, tolerance } from './agreement';
import type { Absentee, Contestant } from './contestants';
import type { Machine } from './machine';
import { type Measured, rate, settleSeconds, type SizeResult } from './measure';
import { type MemoryResult, memoryTarget } from './memory';
import { describeSize, sizes } from './sizes';
import { median, type Ratio, spread } from './statistics';

/** Rows of cells, the first column to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** A figure with three digits or more. */
export function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Machine, versions, and who is absent and why. */
export function heading(machine: Machine, contestants: readonly Contestant[], absentees: readonly Absentee[]): string {
  const busy = machine.load > 0.5 ? `\nOther programs are running (load ${machine.load.toFixed(1)}): compare figures of one run only.` : '';
  const details = [...new Set(contestants.map(({ detail }) => detail))];
  const missing = absentees.filter(({ family }) => !family.startsWith('torch'));
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}; Node ${machine.node}${busy}`,
    ...details.map((detail) => `  ${detail}`),
    ...missing.map(({ name, why }) => `  without ${name}: ${why}`),
  ].join('\n');
}

/** What to do where PyTorch is missing; undefined where it is there. */
export function torchAdvice(absentees: readonly Absentee[], python: string): string | undefined {
  const absentee = absentees.find(({ family }) => family.startsWith('torch'));
  if (absentee === undefined) return undefined;
  return (
    `PyTorch is not measured (${python}: ${absentee.why}); get it with "apt-get install python3-torch libopenblas0-pthread", ` +
    'or name a Python that has it with --python.'
  );
}

/** Debian's python3-torch multiplies by whatever libblas.so.3 is, and the default is several times slower than OpenBLAS. */
export function slowBlasWarning(contestants: readonly Contestant[]): string | undefined {
  const slow = contestants.some(({ detail }) => /loaded \S*\/blas\/libblas/.test(detail));
  return slow ? 'PyTorch runs on the reference BLAS, which is slow: install libopenblas0-pthread for a fair comparison.' : undefined;
}

/** The line of one contestant that computes something else. */
export function disagreement(size: string, reference: string, expected: Agreement, found: Agreement): string {
  const pair = ({ loss, gradientNorm }: Agreement): string => `loss ${loss.toPrecision(7)}, gradient norm ${gradientNorm.toPrecision(7)}`;
  return (
    `${found.name} disagrees with ${reference} on size ${size}: ${pair(found)} against ${pair(expected)} in the first step, ` +
    `largest relative difference ${found.difference.toExponential(1)}, ${tolerance.toExponential(0)} allowed.`
  );
}

/** The lines of all who disagree; empty where all agree. */
export function disagreements({ size, reference, agreements }: SizeResult): string[] {
  const expected = agreements.find(({ name }) => name === reference)!;
  return agreements.filter(({ agrees }) => !agrees).map((found) => disagreement(size, reference, expected, found));
}

function agreementLines({ reference, agreements }: SizeResult): string {
  const { loss, gradientNorm } = agreements.find(({ name }) => name === reference)!;
  const others = agreements.filter(({ name }) => name !== reference);
  const worst = Math.max(0, ...others.map(({ difference }) => difference));
  const start = `First step of ${reference}: loss ${loss.toPrecision(7)}, gradient norm ${gradientNorm.toPrecision(7)}.`;
  if (others.length === 0) return start;
  return `${start} All agree: off by ${worst.toExponential(1)} at most, ${tolerance.toExponential(0)} allowed.`;
}

function measuredRow({ name, slices }: Measured): string[] {
  const { median: middle, least, most } = spread(slices.map(rate));
  const busy = median(slices.map(({ cpuSeconds, seconds }) => cpuSeconds / seconds));
  const perCore = median(slices.map(({ steps, cpuSeconds }) => steps / cpuSeconds));
  return [name, figure(middle), `${figure(least)} - ${figure(most)}`, busy.toFixed(2), figure(perCore), String(slices.length)];
}

function ratioRow(against: string, ratio: Ratio): string[] {
  return [
    `onnx / ${against}`,
    ratio.median.toFixed(2),
    `${ratio.least.toFixed(2)} - ${ratio.most.toFixed(2)}`,
    `${ratio.ours} / ${ratio.theirs}`,
  ];
}

/** Share of a waiting worker's time, in percent, above which it disturbs the others. */
const idleLimit = 5;

function restlessLines(measured: readonly Measured[]): string[] {
  return measured.flatMap(({ name, slices }) => {
    // Spinning in the pause after a slice disturbs nobody.
    const idle = slices.reduce((sum, slice) => sum + slice.idleSeconds, 0);
    const share = (100 * slices.reduce((sum, slice) => sum + Math.max(0, slice.idleCpuSeconds - settleSeconds), 0)) / idle;
    return share > idleLimit ? [`${name} used ${share.toFixed(0)} % of a core while it waited: the figures are disturbed.`] : [];
  });
}

/** Agreement, figures and ratios of one size. */
export function sizeReport(result: SizeResult): string {
  const { size, measured, ratios } = result;
  const ratioRows = Object.entries(ratios).flatMap(([mode, ratio]) => (ratio === undefined ? [] : [ratioRow(`torch ${mode}`, ratio)]));
  return [
    `Size ${size}: ${describeSize(sizes[size])}`,
    agreementLines(result),
    table([['', 'steps/s', 'min - max', 'cores used', 'steps per core-second', 'rounds'], ...measured.map(measuredRow)]),
    ...(ratioRows.length > 0 ? [table([['fastest of each', 'ratio', 'min - max', ''], ...ratioRows])] : []),
    ...restlessLines(measured),
  ].join('\n');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** Resident memory of each executor. */
export function memoryReport(results: readonly MemoryResult[]): string {
  const rows = results.map(({ name, firstSteps, firstBytes, lastSteps, lastBytes, growthPercent, peakBytes, withinTarget }) => [
    name,
    `${megabytes(firstBytes)} MB at ${firstSteps}`,
    `${megabytes(lastBytes)} MB at ${lastSteps}`,
    `${growthPercent >= 0 ? '+' : ''}${growthPercent.toFixed(1)} %`,
    `${megabytes(peakBytes)} MB`,
    withinTarget ? 'yes' : 'NO',
  ]);
  const target = `within ${memoryTarget.growthPercent} %, ${megabytes(memoryTarget.bytes)} MB`;
  return [
    `Resident memory after a garbage collection, size a: ${describeSize(sizes.a)}`,
    table([['', 'after steps', 'after steps', 'growth', 'peak', target], ...rows]),
    ...(results.some(({ lastSteps }) => lastSteps < 20_000) ? ['Slow executors take fewer steps.'] : []),
  ].join('\n');
}
