import { describe, expect, it } from 'vitest';
import { pairFigure } from '../../../src/runs/report/diagnosisPictures';
import type { DiagnosisPictures } from '../../../src/shared/diagnosis';

/** Four different maps, so that none can stand for another. */
function picturesOf(shape: readonly number[], scoreShape: readonly number[]): DiagnosisPictures {
  const maps = (of: readonly number[], scale: number): Pick<DiagnosisPictures, 'p' | 'tilted' | 'bridgedP' | 'bridgedTilted'> => {
    const map = (k: number): Float32Array =>
      Float32Array.from({ length: of.reduce((a, b) => a * b, 1) }, (_, i) => scale * (1 + ((i * k) % 5)));
    return { p: map(1), tilted: map(2), bridgedP: map(3), bridgedTilted: map(4) };
  };
  return {
    shape,
    extent: shape.flatMap(() => [-1, 1]),
    ...maps(shape, 0.1),
    scores: { shape: scoreShape, ...maps(scoreShape, -1) },
  };
}

describe('the pair in a report', () => {
  it('has, on a line, a chart of the four scores under that of the densities', () => {
    const { text } = pairFigure(picturesOf([12], [6, 1]));
    const charts = [...text.matchAll(/<svg class="picture.*?aria-label="(.*?)"/gs)].map(([, label]) => label);
    expect(charts).toEqual(['The density, its tilt, and both bridged', 'The scores of the density, of its tilt, and of both bridged']);
    const [, scores = ''] = text.split('aria-label="The scores');
    const paths = [...scores.matchAll(/class="line" d="(.*?)"/g)].map(([, path = '']) => path);
    expect(new Set(paths).size).toBe(4);
    for (const path of paths) expect(path.match(/[ML]/g)).toHaveLength(6);
    expect(text).toContain('above a thousandth of its peak');
  });

  it('has, in the plane, arrows over each of the four maps', () => {
    const { text } = pairFigure(picturesOf([8, 6], [4, 3, 2]));
    const paths = [...text.matchAll(/class="arrows" d="(.*?)"/g)].map(([, path = '']) => path);
    expect(paths).toHaveLength(4);
    // A shaft and a head each: two moves.
    for (const path of paths) expect(path.match(/M/g)).toHaveLength(2 * 12);
  });
});
