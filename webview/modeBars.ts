/** Weights of the modes: the data's beside those of the models. */

import type { FrameMode } from '../src/shared/protocol';
import { formatFixed, formatPoint, formatWeight } from '../src/shared/plot/numberFormat';
import { linearScale } from '../src/shared/plot/scale';
import { drawAxes, tickCount } from './axes';
import type { Box, Surface } from './surface';
import { shortened } from './textFit';
import type { Theme } from './theme';
import { t } from './words';

/** A weight with its standard error; NaN where unknown. */
export interface WeightBar {
  readonly weight: number;
  readonly stdErr: number;
  readonly colour: string;
}

export interface ModeRow {
  readonly label: string;
  readonly bars: readonly (WeightBar | undefined)[];
}

/** A run's modes with its colour. */
export interface RunModes {
  readonly modes: readonly FrameMode[];
  readonly colour: string;
}

/** One row a mode: the data's weight, then each run's. A run's modes are found again in another's by their labels, else by their centres. */
export function modeRows(runs: readonly RunModes[], dataColour: string): ModeRow[] {
  const first = runs.find(({ modes }) => modes.length > 0);
  if (!first) return [];
  return first.modes.map((mode) => ({
    label: labelOf(mode),
    bars: [
      { weight: mode.dataWeight, stdErr: mode.dataWeightStdErr, colour: dataColour },
      ...runs.map(({ modes, colour }) => {
        const same = partner(mode, modes);
        return same && { weight: same.weight, stdErr: same.weightStdErr, colour };
      }),
    ],
  }));
}

/** A label that already names the place needs no second one. */
export function labelOf({ label, center }: Pick<FrameMode, 'label' | 'center'>): string {
  const [only] = center;
  if (center.length === 1 && only !== undefined) return `x = ${formatFixed(only, 2)}`;
  return label.includes('(') || center.length > 3 || center.length === 0 ? label : formatPoint(center);
}

function partner(mode: FrameMode, modes: readonly FrameMode[]): FrameMode | undefined {
  const distance = (other: FrameMode): number => Math.hypot(...mode.center.map((value, axis) => value - (other.center[axis] ?? 0)));
  const nearest = modes.reduce<FrameMode | undefined>(
    (best, next) => (best === undefined || distance(next) < distance(best) ? next : best),
    undefined,
  );
  return modes.find(({ label }) => label === mode.label) ?? nearest;
}

const bar = 11;
const legend = 22;

/** Height of the picture; more modes than fit a page are left to the table. */
export function modeBarsHeight(rows: readonly ModeRow[]): number {
  return Math.max(150, rows.reduce((sum, row) => sum + rowHeight(row), 0) + 34 + legend);
}

function rowHeight(row: ModeRow): number {
  return row.bars.length * (bar + 2) + 14;
}

/** Names of the bars, in their order. */
export interface BarName {
  readonly label: string;
  readonly colour: string;
}

export function drawModeBars(surface: Surface, width: number, rows: readonly ModeRow[], theme: Theme, names: readonly BarName[]): void {
  const height = modeBarsHeight(rows);
  let at = 0;
  for (const { label, colour } of names) {
    surface.fill({ left: at, top: 3, width: 9, height: 9 }, colour);
    surface.text(at + 14, 8, label, { colour: theme.foreground });
    at += 14 + surface.widthOf(label) + 16;
  }
  const left = 12 + Math.min(width * 0.34, Math.max(24, ...rows.map(({ label }) => surface.widthOf(label))));
  const box: Box = { left, top: legend, width: Math.max(40, width - left - 92), height: height - 34 - legend };
  const known = rows.flatMap((row) =>
    row.bars.map((each) => (each && Number.isFinite(each.weight) ? each.weight + finiteOrZero(each.stdErr) : 0)),
  );
  const x = linearScale(0, Math.max(0.1, ...known) * 1.02, box.left, box.left + box.width, tickCount(box.width, 50));
  for (const { value } of x.ticks)
    surface.lines([[x.map(value), box.top, x.map(value), box.top + box.height]], { colour: theme.rule, width: 1 });
  drawAxes(surface, box, theme, { x, y: undefined, xName: `${t('weight')} →` });
  const spare = (box.height - rows.reduce((sum, row) => sum + rowHeight(row), 0)) / Math.max(1, rows.length);
  let top = box.top;
  for (const row of rows) {
    const tall = rowHeight(row) + spare;
    const middle = top + tall / 2;
    surface.text(left - 8, middle, shortened(surface, row.label, left - 10, 11), { colour: theme.foreground, align: 'right' });
    row.bars.forEach((each, index) => {
      if (each) drawBar(surface, each, x.map, middle - (row.bars.length * (bar + 2)) / 2 + index * (bar + 2) + 1, theme);
    });
    top += tall;
  }
  surface.lines([[box.left + 0.5, box.top, box.left + 0.5, box.top + box.height]], { colour: theme.line, width: 1 });
}

function drawBar(surface: Surface, { weight, stdErr, colour }: WeightBar, x: (value: number) => number, top: number, theme: Theme): void {
  const middle = top + bar / 2;
  // A weight of NaN is one that is not known.
  if (!Number.isFinite(weight)) return;
  surface.fill({ left: x(0), top, width: Math.max(1, x(weight) - x(0)), height: bar }, colour);
  const error = finiteOrZero(stdErr);
  const [low, high] = [x(Math.max(0, weight - error)), x(weight + error)];
  if (high - low > 2) {
    surface.lines(
      [
        [low, middle, high, middle],
        [low, middle - 3, low, middle + 3],
        [high, middle - 3, high, middle + 3],
      ],
      { colour: theme.foreground, width: 1 },
    );
  }
  const number = error >= 0.0005 ? `${formatWeight(weight)} ± ${formatWeight(error)}` : formatWeight(weight);
  surface.text(Math.max(x(weight), high) + 6, middle + 0.5, number, { colour: theme.muted });
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
