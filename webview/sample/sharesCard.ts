/** Shares of the particles in the modes beside their weights, and over the steps. */

import type { SampleInfo } from '../../src/shared/sampleProtocol';
import type { Context, Part } from '../context';
import { drawModeBars, labelOf, modeBarsHeight, type ModeRow } from '../modeBars';
import { pictureCard } from '../pictureCard';
import { seriesPicture } from '../seriesPicture';
import type { SeriesPlot } from '../seriesPlot';
import type { PageState } from '../state';
import { stacked } from '../stacked';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';
import { type ShareRow, shareRows } from './shares';

/** More bars than this are left to the table. */
const mostRows = 30;
/** More lines than this cannot be told apart. */
const mostLines = 6;

export function sharesCard(context: Context): Part {
  const card = pictureCard(context, { id: 'shares', title: t('Mode shares'), file: 'mode-shares' });
  const render = (state: PageState): void => {
    const theme = context.theme();
    const rows = shareRows(state);
    if (rows.length === 0) {
      const none = state.sampling?.state.kind === 'ended' && state.sampling.summary !== undefined;
      card.show(state, none ? t('No modes were found.') : t('The share of the particles in each mode, beside its weight, appears here.'));
      return;
    }
    const bars = rows.slice(0, mostRows).map((row) => barsOf(row, rows, theme));
    const names = [
      { label: t('particles'), colour: runColour(theme, 1) },
      ...(hasOwn(rows) ? [{ label: t('density'), colour: runColour(theme, 0) }] : []),
      ...(hasData(rows) ? [{ label: t('data'), colour: theme.data }] : []),
    ];
    const lines = sharesPlot(state, theme);
    card.show(state, {
      layout: (width) =>
        stacked([
          { width, height: modeBarsHeight(bars), paint: (surface) => drawModeBars(surface, width, bars, theme, names) },
          ...(lines ? [seriesPicture([lines], width, 130, theme)] : []),
        ]),
      label: t('Bars: shares of the particles in {0} modes beside the weights; lines: the shares over the steps.', rows.length),
      tables: sharesTables,
    });
  };
  return { root: card.root, render };
}

function hasOwn(rows: readonly ShareRow[]): boolean {
  return rows.some(({ own }) => own !== null);
}

function hasData(rows: readonly ShareRow[]): boolean {
  return rows.some(({ data }) => data !== null);
}

function barsOf({ label, share, stdErr, own, ownStdErr, data, dataStdErr }: ShareRow, rows: readonly ShareRow[], theme: Theme): ModeRow {
  return {
    label,
    bars: [
      { weight: share, stdErr, colour: runColour(theme, 1) },
      ...(hasOwn(rows) ? [own === null ? undefined : { weight: own, stdErr: ownStdErr ?? Number.NaN, colour: runColour(theme, 0) }] : []),
      ...(hasData(rows) ? [data === null ? undefined : { weight: data, stdErr: dataStdErr ?? Number.NaN, colour: theme.data }] : []),
    ],
  };
}

/** Shares over the steps, each with its weight as a dashed line; undefined before there are two points. */
function sharesPlot({ sampling }: PageState, theme: Theme): SeriesPlot | undefined {
  const history = sampling?.history;
  const modes = sampling?.info?.modes ?? [];
  if (!history || history.length < 2 || history.shares.length === 0) return undefined;
  const steps = history.steps.subarray(0, history.length);
  const [first, last] = [steps[0] ?? 0, steps[history.length - 1] ?? 1];
  const series = history.shares.slice(0, mostLines).flatMap((shares, mode) => {
    const colour = runColour(theme, mode);
    const weight = modes[mode]?.weight ?? null;
    return [
      { label: nameOf(modes[mode], mode), colour, xs: steps, ys: shares.subarray(0, history.length) },
      ...(weight === null ? [] : [{ label: '', colour, dash: [3, 3], xs: [first, last], ys: [weight, weight] }]),
    ];
  });
  const top = Math.max(0.1, ...series.flatMap(({ ys }) => Array.from(ys).filter(Number.isFinite)));
  return {
    series,
    x: { name: `${t('step')} →`, low: first, high: last, log: false },
    y: { name: `↑ ${t('share, weight dashed')}`, low: 0, high: Math.min(1, 1.1 * top), log: false },
    marks: [],
  };
}

function nameOf(mode: SampleInfo['modes'][number] | undefined, index: number): string {
  return mode ? labelOf(mode) : t('mode {0}', index + 1);
}

function sharesTables(state: PageState): readonly Table[] {
  const rows = shareRows(state);
  const { sampling } = state;
  const history = sampling?.history;
  return [
    {
      caption: t('Shares of the modes'),
      columns: [t('mode'), t('particles'), t('standard error'), t('weight'), t('weight in the data'), t('its standard error')],
      rows: rows.map(({ label, share, stdErr, own, data, dataStdErr }) => [label, share, stdErr, own, data, dataStdErr]),
    },
    ...(history && history.shares.length > 0
      ? [
          {
            caption: t('Shares over the steps'),
            columns: [t('step'), ...history.shares.map((_, mode) => nameOf(sampling.info?.modes[mode], mode))],
            rows: Array.from({ length: history.length }, (_, i) => [
              history.steps[i] ?? null,
              ...history.shares.map((shares) => shares[i] ?? null),
            ]),
          },
        ]
      : []),
  ];
}
