import type { DiagnosisPictures } from '../../shared/diagnosis';
import { extentOf } from '../../shared/plot/grid';
import { scoreRange } from '../../shared/plot/scoreRange';
import { rangeOf } from '../../shared/plot/statistics';
import { arrows } from './arrows';
import { colourBar } from './colourBar';
import { densityPanel } from './densityPanel';
import { figure, panels } from './figure';
import { gridOf } from './grid';
import { legend } from './legend';
import { lineChart, type Series } from './lineChart';
import type { Markup } from './markup';

const caption =
  'The density p, the same with its weights tilted in the way that the Fisher divergence sees least, and both bridged with m. The scores of p and of the tilted p differ only where neither has mass; bridged, mass joins the modes, and the weights change the score.';
const captions = {
  line: `${caption} The axis of the scores spans what they reach where the density is above a thousandth of its peak; beyond it they are cut off.`,
  plane: `${caption} Arrows are the score, their lengths in one map not comparable with those in another.`,
};

interface Member {
  readonly title: string;
  readonly density: Float32Array;
  /** [mx, 1] or [my, mx, 2], by `scores.shape`. */
  readonly score: Float32Array;
  readonly className: string;
}

function membersOf({ p, tilted, bridgedP, bridgedTilted, scores }: DiagnosisPictures): readonly Member[] {
  return [
    { title: 'p', density: p, score: scores.p, className: 'c-run0' },
    { title: 'p with tilted weights', density: tilted, score: scores.tilted, className: 'c-run1' },
    { title: 'p bridged', density: bridgedP, score: scores.bridgedP, className: 'c-run0 dashed' },
    { title: 'tilted p bridged', density: bridgedTilted, score: scores.bridgedTilted, className: 'c-run1 dashed' },
  ];
}

/** The density, its tilt, and both bridged, with their scores: curves in one dimension, maps with arrows in two. */
export function pairFigure(pictures: DiagnosisPictures): Markup {
  const members = membersOf(pictures);
  const top = members.reduce((t, { density }) => Math.max(t, rangeOf(density)[1] || 0), 0) || 1;
  return pictures.shape.length === 1 ? lines(pictures, members, top) : maps(pictures, members, top);
}

/** Densities, and the scores below them over the same axis. */
function lines(pictures: DiagnosisPictures, members: readonly Member[], top: number): Markup {
  const [low = 0, high = 1] = pictures.extent;
  const series = (of: 'density' | 'score'): Series[] =>
    members.map((member) => ({
      // Inside the modes both scores are the same: the first shows beneath the second.
      className: of === 'score' && member === members[0] ? `${member.className} broad` : member.className,
      points: Array.from(member[of], (v, i) => [low + ((i + 0.5) / member[of].length) * (high - low), v] as const),
    }));
  const shared = { width: 960, left: 52, x: [low, high] } as const;
  const densities = lineChart({
    ...shared,
    label: 'The density, its tilt, and both bridged',
    height: 300,
    series: series('density'),
    axes: { x: 'x', y: 'density' },
    y: [0, 1.05 * top],
  });
  const scores = lineChart({
    ...shared,
    label: 'The scores of the density, of its tilt, and of both bridged',
    height: 240,
    series: series('score'),
    axes: { x: 'x', y: 'score' },
    y: scoreRange(pictures),
  });
  const names = legend(members.map(({ className, title }) => ({ className: `${className} stroke`, label: title })));
  return figure([names, densities, scores], captions.line, []);
}

function maps({ shape, extent, scores }: DiagnosisPictures, members: readonly Member[], top: number): Markup {
  const bounds = extentOf(extent);
  const [rows = 0, columns = 0] = scores.shape;
  const entries = members.map(({ title, density, score }) => ({
    title,
    content: densityPanel({
      label: `${title}, with its score as arrows`,
      extent: bounds,
      grid: gridOf({ shape, data: density }, bounds),
      top,
      contours: true,
      overlay: arrows({ rows, columns, extent: bounds, values: score }),
    }),
  }));
  // The pair above, the bridged pair below.
  return figure([panels(entries.slice(0, 2)), panels(entries.slice(2)), colourBar(top, false)], captions.plane, []);
}
