/** What the preview shows, by the names of its pictures. */

import type { PanelRun, PanelSnapshot } from '../../src/shared/panelProtocol';
import { diagnosisScenarios } from './diagnosisScenarios';
import { lossUntil, runAt } from './fitRuns';
import { sampleScenarios } from './sampleScenarios';
import { energyOf, snapshotOf } from './snapshots';
import { spots, spotShape } from './spots';

const sliceUi = { plane: 'slice', layers: { contours: true, score: true, truth: true } };

/** A run whose objective left the numbers for some steps, with a model that is no density yet. */
function notFiniteRun(): PanelRun {
  const run = runAt('plane', 'mfd', 900);
  const losses = run.points.losses.map((loss, index) => (index > 40 && index < 52 ? Number.NaN : loss));
  const frame = run.frame && {
    ...run.frame,
    kl: Number.NaN,
    logZ: Number.POSITIVE_INFINITY,
    negativeMass: Number.NaN,
    modes: run.frame.modes.map((mode) => ({ ...mode, weight: Number.NaN })),
  };
  return { ...run, points: { ...run.points, losses }, frame, progress: { ...run.progress, stepsPerSecond: Number.NaN } };
}

function imageRun(): PanelRun {
  const run = runAt('wide', 'multi-noise', 2000, { label: 'Denoising over noise levels' });
  return {
    ...run,
    info: run.info && { ...run.info, image: spotShape, sample: spots(1, 0), dataDescription: 'spots.idx, 80 rows of 8 x 5' },
    frame: run.frame && { ...run.frame, logZ: null, particles: spots(2, 25) },
  };
}

/** Each picture of the preview by its name. */
export const scenarios: Readonly<Record<string, () => PanelSnapshot>> = {
  live: () => snapshotOf([runAt('plane', 'mfd', 900)]),
  lookingOn: () => snapshotOf([runAt('plane', 'mfd', 900, { state: { kind: 'running', looksOn: true } })]),
  compare: () => snapshotOf([runAt('plane', 'mfd', 4000), runAt('plane', 'fisher', 4000)]),
  line: () => snapshotOf([runAt('line', 'mfd', 1500)], { energy: energyOf('line') }),
  space: () => snapshotOf([runAt('space', 'mfd', 4000)], { energy: energyOf('space') }),
  empty: () => snapshotOf([]),
  starting: () =>
    snapshotOf([
      {
        ...runAt('plane', 'mfd', 0),
        info: undefined,
        frame: undefined,
        points: lossUntil(-10, 'mfd'),
        kl: { steps: new Float64Array(), values: new Float64Array() },
        snapshots: [],
        progress: { step: 0, stepsPerSecond: Number.NaN, secondsLeft: Number.NaN },
        state: { kind: 'stage', text: 'Choosing the fastest executor' },
      },
    ]),
  error: () =>
    snapshotOf([
      runAt('plane', 'mfd', 400, {
        state: {
          kind: 'ended',
          end: { kind: 'diverged', message: 'The loss is not a number.', step: 412 },
          words: 'The loss is not a number since step 412; the parameters of step 400 are kept. A smaller rate or clipping may help.',
          notes: ['The gradient grew a thousandfold in the last 20 steps.'],
        },
      }),
    ]),
  badInput: () =>
    snapshotOf([
      {
        ...runAt('plane', 'mfd', 0),
        info: undefined,
        frame: undefined,
        points: lossUntil(-10, 'mfd'),
        kl: { steps: new Float64Array(), values: new Float64Array() },
        snapshots: [],
        state: {
          kind: 'ended',
          end: {
            kind: 'bad-input',
            message: 'w2 has shape [128, 2].',
            position: { file: '/home/me/ebm/fourModes.energy.ts', line: 12, column: 5 },
          },
          words: 'fourModes.energy.ts:12:5: the energy must have shape [n], not [n, 2]; w2 has shape [128, 2].',
          notes: [],
        },
      },
    ]),
  slice: () => snapshotOf([runAt('space', 'mfd', 4000)], { energy: energyOf('space'), ui: sliceUi }),
  sliceLive: () => snapshotOf([runAt('space', 'mfd', 900)], { energy: energyOf('space'), ui: sliceUi }),
  sliceRefused: () =>
    snapshotOf([runAt('space', 'mfd', 4000, { id: 'refused' })], { energy: energyOf('space'), activeRun: 'refused', ui: sliceUi }),
  wide: () => snapshotOf([runAt('wide', 'mfd', 4000)], { energy: energyOf('wide'), ui: { ...sliceUi, marginals: 6 } }),
  executors: () =>
    snapshotOf([runAt('plane', 'mfd', 4000)], {
      settings: { ...snapshotOf([]).settings, mixing: 'uniformBox', mixingWidth: 1.5 },
      ui: { settingsOpen: true },
    }),
  notFinite: () => snapshotOf([notFiniteRun()]),
  lineStored: () => snapshotOf([runAt('line', 'mfd', 4000)], { energy: energyOf('line'), ui: { layers: { particles: true } } }),
  /** Without draws of the model there is nothing to toggle. */
  lineBare: () => {
    const run = runAt('line', 'mfd', 4000);
    return snapshotOf([{ ...run, frame: run.frame && { ...run.frame, logZ: null, particles: new Float32Array() } }], {
      energy: energyOf('line'),
    });
  },
  images: () => snapshotOf([imageRun()], { energy: { file: '/home/me/ebm/faces.energy.ts', name: 'faces' } }),
  ...sampleScenarios,
  ...diagnosisScenarios,
  heavy: () => snapshotOf([runAt('plane', 'mfd', 900, {}, 20_000)]),
};
