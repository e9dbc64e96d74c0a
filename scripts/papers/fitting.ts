/** Fits of the examples, as `unblind fit` makes them, and what is drawn of them. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadEnergyFile } from '../../src/energy/load';
import { sandboxPathsIn } from '../../src/energy/sandbox/paths';
import { fitEnergy } from '../../src/engine/fit/fitEnergy';
import type { FitProblem } from '../../src/engine/fit/problem';
import type { RunResult } from '../../src/runs/record';
import { densityPanel } from '../../src/runs/report/densityPanel';
import { gridOf } from '../../src/runs/report/grid';
import type { Markup } from '../../src/runs/report/markup';
import { type RunView, viewRun } from '../../src/runs/report/runView';
import { readRun } from '../../src/runs/runReader';
import { extentOf } from '../../src/shared/plot/grid';
import { rangeOf } from '../../src/shared/plot/statistics';
import type { FitSettings } from '../../src/shared/settings';

/** ONNX Runtime computes the same bits for a seed, on one thread as on many. */
export const executorId = 'onnx';

export interface Fitted {
  readonly problem: FitProblem;
  readonly result: RunResult;
  readonly view: RunView;
}

/** A fit in a directory of its own, which is gone when this answers. */
export async function fitted<T>(
  file: string,
  seed: number,
  overrides: Partial<FitSettings>,
  use: (fit: Fitted) => T | Promise<T>,
): Promise<T> {
  const path = resolve(file);
  const folder = await mkdtemp(join(tmpdir(), 'unblind-papers-'));
  try {
    const { energies } = await loadEnergyFile(path, { seed, timeoutMs: 60_000, paths: sandboxPathsIn(resolve('dist')) });
    const [traced] = energies;
    if (traced === undefined) throw new RangeError(`${file} exports no energy`);
    const { problem, result } = await fitEnergy(traced, {
      file: path,
      seed,
      overrides,
      executor: executorId,
      directory: join(folder, 'run'),
    });
    return await use({ problem, result, view: viewRun(readRun(result.runDir), 0) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The largest error of a mode's weight. */
export function worstWeight({ modes }: RunResult): number {
  return Math.max(...modes.map(({ weight, dataWeight }) => Math.abs(weight - dataWeight)));
}

/** The highest density of the truth: the top of the colours of all panels of a figure. */
export function topOf({ data }: RunView): number {
  return rangeOf(data?.truth?.data ?? [])[1];
}

/** The density of the fit, or of the truth on the same box. */
export function densityOf({ last, data }: RunView, which: 'model' | 'truth', top: number): Markup {
  const array = which === 'model' ? last?.density : data?.truth;
  if (!array || !last?.extent) throw new RangeError('a fit in the plane has a density');
  const extent = extentOf(last.extent);
  return densityPanel({ label: `Density of the ${which}`, extent, grid: gridOf(array, extent), top, contours: true });
}
