/** What a sampler has said of itself, as the host keeps it: all of it while that is short, every other point once it is long. */

import type { SampleHistory } from '../shared/panelProtocol';
import type { SampleFigures } from '../shared/sampleProtocol';
import { mostPoints } from './lossHistory';

/** One point: figures by name, and the share of the particles in each mode. */
export interface FigurePoint {
  readonly step: number;
  readonly figures: SampleFigures;
  readonly shares: readonly number[];
}

export class FigureHistory {
  private points: FigurePoint[] = [];
  /** Of so many arriving points one is kept. */
  private stride = 1;
  private arrived = 0;

  get length(): number {
    return this.points.length;
  }

  add(point: FigurePoint): void {
    if (this.arrived++ % this.stride !== 0) return;
    this.points.push(point);
    if (this.points.length <= mostPoints) return;
    this.points = this.points.filter((_, index) => index % 2 === 0);
    this.stride *= 2;
    // What was just added is kept; the next point that is comes one new stride later.
    this.arrived = 1;
  }

  /** A copy of what is kept. */
  snapshot(): SampleHistory {
    return historyOf(this.points);
  }
}

/** Points one beside the other: NaN where a point lacks a figure or a share that others have. */
export function historyOf(points: readonly FigurePoint[]): SampleHistory {
  const names = [...new Set(points.flatMap(({ figures }) => Object.keys(figures)))];
  const modes = points.reduce((most, { shares }) => Math.max(most, shares.length), 0);
  const column = (of: (point: FigurePoint) => number | undefined): Float64Array =>
    Float64Array.from(points, (point) => of(point) ?? Number.NaN);
  return {
    steps: column(({ step }) => step),
    figures: Object.fromEntries(names.map((name) => [name, column(({ figures }) => figures[name])])),
    shares: Array.from({ length: modes }, (_, mode) => column(({ shares }) => shares[mode])),
  };
}
