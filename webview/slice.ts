/** Which plane of a space of more than two dimensions is shown, and what is known of a run on it. */

import { extentOf, type Grid } from '../src/shared/plot/grid';
import type { Frame, FrameSlice, SliceView } from '../src/shared/protocol';
import { axesIn, gridOf, modelGrid, scoreField, truthGrid } from './fields';
import { column } from './points';
import { activeRun, frameOf, isRunning, type PageState, type RunView } from './state';
import type { ScoreField } from '../src/shared/plot/arrows';
import { t } from './words';

/** What a run has to be drawn on the plane of the axes; without a grid there are its particles. */
export interface PlanePicture {
  readonly grid: Grid | undefined;
  readonly score: ScoreField | undefined;
  readonly truth: Grid | undefined;
  /** Why there is no grid where there could be one, or what the reader of it should know. */
  readonly words: string | undefined;
}

/** The slice that is wanted; undefined where none is. */
export function sliceView(state: PageState): SliceView | undefined {
  const info = activeRun(state)?.info;
  if (info === undefined || info.dim <= 2 || state.ui.plane !== 'slice') return undefined;
  return { axes: axesIn(info.dim, state.ui.axes), point: slicePoint(state) };
}

/** The point that the plane goes through, [dim]. */
export function slicePoint(state: PageState): readonly number[] {
  const run = activeRun(state);
  if (!run?.info) return [];
  const { through, point } = state.ui;
  const { sample, dim } = run.info;
  if (through === 'point' && point?.length === dim) return point;
  const centre = typeof through === 'number' ? run.frame?.modes[through]?.center : undefined;
  return centre?.length === dim && centre.every(Number.isFinite) ? centre : meanOf(sample, dim);
}

const means = new WeakMap<Float32Array, readonly number[]>();

function meanOf(sample: Float32Array, dim: number): readonly number[] {
  const known = means.get(sample);
  if (known) return known;
  const found = Array.from({ length: dim }, (_, axis) => {
    const values = column(sample, dim, axis);
    return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  means.set(sample, found);
  return found;
}

/** Whether two views show the same plane: the point's places along the axes do not matter. */
export function sameView(a: SliceView, b: SliceView): boolean {
  return sameAxes(a, b) && a.point.length === b.point.length && a.point.every((v, j) => a.axes.includes(j) || v === b.point[j]);
}

function sameAxes({ axes: [a, b] }: SliceView, { axes: [c, d] }: SliceView): boolean {
  return a === c && b === d;
}

/** Whether the frames of a run come from its engine now, and so have the slice that was asked for. */
export function followsEngine(state: PageState, run: RunView): boolean {
  return isRunning(run) && !(run === activeRun(state) && state.shown);
}

/** The step of the picture that is wanted of a run; undefined before the first. */
export function stepOf(state: PageState, run: RunView): number | undefined {
  return (run === activeRun(state) ? state.shown?.step : undefined) ?? run.frame?.step;
}

/** What there is of a run on the plane that is shown. */
export function pictureOf(state: PageState, run: RunView): PlanePicture {
  const frame = frameOf(state, run);
  const view = sliceView(state);
  if (view === undefined || run.info === undefined)
    return { grid: modelGrid(frame), score: scoreField(frame), truth: truthGrid(run.info, frame), words: undefined };
  const stored = state.slices[run.id];
  const inFrame = frame?.slice && sameView(frame.slice.view, view) ? frame.slice : undefined;
  if (inFrame) return fromSlice(inFrame, undefined);
  const answered = stored && stored.step === stepOf(state, run) && sameView(stored.view, view) ? stored : undefined;
  if (answered?.slice) return fromSlice(answered.slice, answered.note);
  if (answered) return { ...nothing, words: answered.problem ?? t('There is no slice of this run.') };
  // While the next one is on its way the last one of these axes stays, so that nothing flickers under a slider.
  const before = [frame?.slice, stored?.slice].find((slice) => slice !== undefined && sameAxes(slice.view, view));
  return before ? fromSlice(before, undefined) : { ...nothing, words: t('Computing the slice…') };
}

const nothing = { grid: undefined, score: undefined, truth: undefined } as const;

function fromSlice({ density, score, truth }: FrameSlice, words: string | undefined): PlanePicture {
  return {
    grid: gridOf(density.values, density),
    score: { rows: score.shape[0] ?? 0, columns: score.shape[1] ?? 0, extent: extentOf(density.extent), values: score.values },
    truth: truth && gridOf(truth, density),
    words,
  };
}

/** Whether a frame has draws of its model. */
export function hasParticles(frame: Frame | undefined): boolean {
  return frame !== undefined && frame.particles.length > 0;
}
