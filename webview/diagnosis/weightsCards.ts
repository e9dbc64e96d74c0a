/** The modes that were found, and where particles end that start from anywhere. */

import type { DiagnosisRecord } from '../../src/shared/diagnosis';
import type { Context, Part } from '../context';
import { drawModeBars, modeBarsHeight, type ModeRow } from '../modeBars';
import { pictureCard } from '../pictureCard';
import type { PageState } from '../state';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';
import { recordOf } from './diagnosisState';
import { kindWords, modeName, placeOf } from './modeNames';

/** More bars than this are left to the table. */
const mostRows = 30;

/** Standard error of a share of so many independent particles. */
function shareError(share: number, particles: number): number {
  return Math.sqrt((share * (1 - share)) / Math.max(1, particles));
}

export function diagnosedModesCard(context: Context): Part {
  const card = pictureCard(context, { id: 'diagnosed-modes', title: t('Modes'), file: 'modes' });
  return {
    root: card.root,
    render: (state) => {
      const record = recordOf(state);
      if (!record) return;
      if (record.modes.length === 0) {
        card.show(state, t('No modes were found.'));
        return;
      }
      const theme = context.theme();
      const rows = modeRowsOf(record, theme).slice(0, mostRows);
      const names = [
        { label: t('density'), colour: runColour(theme, 0) },
        ...(hasData(record) ? [{ label: t('data'), colour: theme.data }] : []),
      ];
      card.show(state, {
        layout: (width) => ({ width, height: modeBarsHeight(rows), paint: (surface) => drawModeBars(surface, width, rows, theme, names) }),
        label: t('Bars: weights of {0} modes in the density and in the data. The table has the numbers.', record.modes.length),
        tables: modesTable,
      });
    },
  };
}

function hasData({ modes }: DiagnosisRecord): boolean {
  return modes.some(({ dataWeight }) => dataWeight !== null);
}

function modeRowsOf(record: DiagnosisRecord, theme: Theme): ModeRow[] {
  return record.modes.map((mode, index) => ({
    label: modeName(mode, index),
    bars: [
      { weight: mode.weight, stdErr: mode.stdErr, colour: runColour(theme, 0) },
      ...(hasData(record)
        ? [mode.dataWeight === null ? undefined : { weight: mode.dataWeight, stdErr: mode.dataStdErr ?? Number.NaN, colour: theme.data }]
        : []),
    ],
  }));
}

function modesTable(state: PageState): readonly Table[] {
  const record = recordOf(state);
  if (!record) return [];
  return [
    {
      caption: t('Modes'),
      columns: [t('mode'), t('centre'), t('kind'), t('weight'), t('standard error'), t('weight in the data'), t('its standard error')],
      rows: record.modes.map((mode, index) => [
        index + 1,
        placeOf(mode),
        kindWords(mode) || t('found'),
        mode.weight,
        mode.stdErr,
        mode.dataWeight,
        mode.dataStdErr,
      ]),
    },
    ...(record.barriers.length > 0
      ? [
          {
            caption: t('Barriers between modes'),
            columns: [t('mode'), t('mode'), t('height')],
            rows: record.barriers.map(({ between: [a, b], height }) => [a + 1, b + 1, height]),
          },
        ]
      : []),
  ];
}

export function basinsCard(context: Context): Part {
  const card = pictureCard(context, { id: 'basins', title: t('Basins'), file: 'basins' });
  return {
    root: card.root,
    render: (state) => {
      const record = recordOf(state);
      const basins = record?.basins;
      card.root.hidden = !basins;
      if (!record || !basins) return;
      const theme = context.theme();
      const rows = record.modes.slice(0, mostRows).map((mode, index): ModeRow => {
        const [predicted, actual] = [basins.predicted[index] ?? Number.NaN, basins.actual[index] ?? Number.NaN];
        return {
          label: modeName(mode, index),
          bars: [
            { weight: predicted, stdErr: Number.NaN, colour: runColour(theme, 3) },
            { weight: actual, stdErr: shareError(actual, basins.particles), colour: runColour(theme, 1) },
            { weight: mode.weight, stdErr: mode.stdErr, colour: runColour(theme, 0) },
          ],
        };
      });
      const names = [
        { label: t('predicted'), colour: runColour(theme, 3) },
        { label: t('Langevin dynamics'), colour: runColour(theme, 1) },
        { label: t('weight'), colour: runColour(theme, 0) },
      ];
      card.show(state, {
        layout: (width) => ({ width, height: modeBarsHeight(rows), paint: (surface) => drawModeBars(surface, width, rows, theme, names) }),
        label: t(
          'Bars: share of the particles in each mode, as their start predicts and as Langevin dynamics leaves them, beside its weight.',
        ),
        tables: basinsTable,
      });
    },
  };
}

function basinsTable(state: PageState): readonly Table[] {
  const record = recordOf(state);
  const basins = record?.basins;
  if (!basins) return [];
  return [
    {
      caption: t('Shares of {0} particles', basins.particles),
      columns: [t('mode'), t('centre'), t('predicted'), t('Langevin dynamics'), t('weight')],
      rows: record.modes.map((mode, index) => [
        index + 1,
        placeOf(mode),
        basins.predicted[index] ?? null,
        basins.actual[index] ?? null,
        mode.weight,
      ]),
    },
  ];
}
