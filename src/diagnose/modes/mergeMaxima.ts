import type { ScoreField } from '../fields/scoreField';
import { type MaximaPair, passLevels } from './barrier';
import type { Region } from './region';

/**
 * Two maxima are one mode where a path between them falls by less than this in log density: to three quarters of the lower. Own choice,
 * the same as for modes of data.
 */
export const joinBarrier = Math.log(4 / 3);

const neighbours = 8;
const modeNeighbours = 5;
const passes = 3;

export interface Maxima {
  /** Places, [count, dim], the highest first. */
  readonly at: Float64Array;
  readonly logDensity: Float64Array;
}

/** A barrier between two modes, by their indices. */
export interface Barrier {
  readonly between: readonly [number, number];
  /** In log density below the lower maximum of the two. */
  readonly height: number;
}

/** Two maxima, by their indices. */
type Edge = readonly [number, number];

class Joined {
  private readonly parent: number[];
  constructor(count: number) {
    this.parent = Array.from({ length: count }, (_, i) => i);
  }
  root(i: number): number {
    let at = i;
    while (this.parent[at] !== at) at = this.parent[at]!;
    return at;
  }
  /** The lower index stays the root: the highest maximum stands for its mode. */
  join(a: number, b: number): void {
    const [p, q] = [this.root(a), this.root(b)];
    this.parent[Math.max(p, q)] = Math.min(p, q);
  }
}

/** The nearest maximum pair of every two modes that are near each other. */
function closestPairs(places: readonly Float64Array[], joined: Joined): Edge[] {
  const nearest = new Map<string, { pair: Edge; distance: number }>();
  const roots = places.map((_, i) => joined.root(i));
  for (let i = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++) {
      if (roots[i] === roots[j]) continue;
      const key = `${Math.min(roots[i]!, roots[j]!)} ${Math.max(roots[i]!, roots[j]!)}`;
      const distance = Math.hypot(...places[i]!.map((v, c) => v - places[j]![c]!));
      const known = nearest.get(key);
      if (!known || distance < known.distance) nearest.set(key, { pair: [i, j], distance });
    }
  }
  const sorted = [...nearest.values()].sort((a, b) => a.distance - b.distance);
  const taken = new Map<number, number>();
  return sorted
    .filter(({ pair: [i, j] }) => {
      const ends = [roots[i]!, roots[j]!];
      if (ends.every((r) => (taken.get(r) ?? 0) >= modeNeighbours)) return false;
      for (const r of ends) taken.set(r, (taken.get(r) ?? 0) + 1);
      return true;
    })
    .map(({ pair }) => pair);
}

/**
 * The mode of every maximum, numbered by their highest maximum, and the barriers between neighbouring modes. Straight lines to near
 * maxima join what is plainly one; paths of least energy between what is left join the rest, so that a ring of maxima is one mode.
 */
export async function mergeMaxima(
  field: ScoreField,
  maxima: Maxima,
  { scale }: Region,
): Promise<{ modeOf: Int32Array; count: number; barriers: readonly Barrier[] }> {
  const { dim } = field;
  const total = maxima.logDensity.length;
  const places = Array.from({ length: total }, (_, i) => maxima.at.slice(i * dim, (i + 1) * dim).map((v, c) => v / scale[c]!));
  const joined = new Joined(total);
  /** The log density of the highest maximum of a maximum's mode: the root is the lowest index. */
  const topOf = (i: number): number => maxima.logDensity[joined.root(i)]!;
  const lowerTop = ([i, j]: Edge): number => Math.min(topOf(i), topOf(j));
  const pairOf = (edge: Edge): MaximaPair => ({ from: places[edge[0]]!, to: places[edge[1]]!, enough: lowerTop(edge) - joinBarrier });
  /** Joins along edges, the highest pass first, what no barrier parts. An end of an ascent on a slope or a saddle parts nothing. */
  const join = (edges: readonly Edge[], levels: Float64Array): boolean => {
    const order = edges
      .map((edge, at) => ({ edge, level: Math.min(levels[at]!, maxima.logDensity[edge[0]]!, maxima.logDensity[edge[1]]!) }))
      .sort((a, b) => b.level - a.level)
      .filter(({ edge: [i, j] }) => joined.root(i) !== joined.root(j));
    let any = false;
    for (const { edge, level } of order) {
      if (joined.root(edge[0]) === joined.root(edge[1]) || lowerTop(edge) - level >= joinBarrier) continue;
      joined.join(...edge);
      any = true;
    }
    return any;
  };
  const near = places.flatMap((place, i) =>
    places
      .map((other, j) => ({ j, distance: Math.hypot(...other.map((v, c) => v - place[c]!)) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, neighbours)
      .map(({ j }): Edge => [Math.min(i, j), Math.max(i, j)]),
  );
  join(near, await passLevels(field, near.map(pairOf), scale, false));
  let open: Edge[] = [];
  let levels: Float64Array = new Float64Array();
  for (let pass = 0; pass < passes; pass++) {
    open = closestPairs(places, joined);
    levels = await passLevels(field, open.map(pairOf), scale);
    if (!join(open, levels)) break;
  }
  const roots = Array.from(places, (_, i) => joined.root(i));
  const numbers = [...new Set(roots)].sort((a, b) => a - b);
  const modeOf = Int32Array.from(roots, (root) => numbers.indexOf(root));
  const barriers = open
    .map((edge, at): Barrier => ({ between: [modeOf[edge[0]]!, modeOf[edge[1]]!], height: lowerTop(edge) - levels[at]! }))
    .filter(({ between: [a, b] }) => a !== b);
  return { modeOf, count: numbers.length, barriers };
}
