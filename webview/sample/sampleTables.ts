/** The numbers behind the sampler's picture, and what is at a place of it. */

import { formatFixed, formatNumber } from '../../src/shared/plot/numberFormat';
import { axesIn, axisName, cellAt, gridOf, scoreOn, valueAt } from '../fields';
import { particleTable } from '../mainTables';
import type { PageState } from '../state';
import type { Table } from '../tables';
import { t } from '../words';
import { particlesShown } from './sampleState';

/** The particles, then the density in cells. */
export function sampleTables(state: PageState): readonly Table[] {
  const info = state.sampling?.info;
  const frame = particlesShown(state);
  if (!info || !frame) return [];
  return [particleTable(t('step {0}', formatFixed(frame.step, 0)), frame.particles, info.dim), ...densityTable(state)];
}

function densityTable(state: PageState): readonly Table[] {
  const density = state.sampling?.info?.picture?.density;
  if (!density) return [];
  const [left = 0, right = 1, bottom = 0, top = 1] = density.extent;
  const caption = t('Density that is sampled');
  if (density.shape.length === 1) {
    const width = (right - left) / density.values.length;
    return [{ caption, columns: ['x', t('density')], rows: Array.from(density.values, (value, i) => [left + (i + 0.5) * width, value]) }];
  }
  const [rows = 1, columns = 1] = density.shape;
  return [
    {
      caption,
      columns: [axisName(0), axisName(1), t('density')],
      rows: Array.from(density.values, (value, i) => [
        left + (((i % columns) + 0.5) / columns) * (right - left),
        bottom + ((Math.floor(i / columns) + 0.5) / rows) * (top - bottom),
        value,
      ]),
    },
  ];
}

/** What is at a place, in words. */
export function sampleReadOut(state: PageState, x: number, y: number): string {
  const info = state.sampling?.info;
  if (!info) return '';
  const { picture } = info;
  if (info.dim === 1) {
    const [low = 0, high = 1] = picture?.density.extent ?? [];
    const at = (values: ArrayLike<number>): number | undefined => values[Math.floor(((x - low) / (high - low)) * values.length)];
    const density = picture && at(picture.density.values);
    const score = picture && at(picture.score.values);
    return [
      `x ${formatFixed(x, 2)}`,
      ...(density === undefined ? [] : [t('density {0}', formatNumber(density, 3))]),
      ...(score === undefined ? [] : [t('score {0}', formatNumber(score, 3))]),
    ].join(' · ');
  }
  const [first, second] = axesIn(info.dim, state.ui.axes);
  const parts = [`${axisName(first)} ${formatFixed(x, 2)}, ${axisName(second)} ${formatFixed(y, 2)}`];
  if (picture && info.dim === 2) {
    const density = valueAt(gridOf(picture.density.values, picture.density), x, y);
    const score = scoreOn(picture.score, picture.density.extent);
    const cell = cellAt(score, x, y);
    if (density !== undefined) parts.push(t('density {0}', formatNumber(density, 3)));
    if (cell !== undefined)
      parts.push(t('score {0}', `(${[0, 1].map((axis) => formatNumber(score.values[2 * cell + axis] ?? Number.NaN, 3)).join(', ')})`));
  }
  return parts.join(' · ');
}
