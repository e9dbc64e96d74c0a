/** Finite sets of equally weighted rows that share moments with a distribution exactly, in place of random draws. */

export type Rows = readonly (readonly number[])[];

/** +-sqrt(dim) along every axis: mean zero, covariance the identity. */
export function axisDesign(dim: number): Rows {
  return Array.from({ length: 2 * dim }, (_, i) =>
    Array.from({ length: dim }, (_a, j) => (j === i >> 1 ? (i % 2 === 0 ? 1 : -1) * Math.sqrt(dim) : 0)),
  );
}

/** All 2^dim vectors of signs: every Rademacher direction once. */
export function allSigns(dim: number): Rows {
  return Array.from({ length: 2 ** dim }, (_, i) => Array.from({ length: dim }, (_s, j) => ((i >> j) & 1 ? 1 : -1)));
}

/** The product of three-point Gauss-Hermite rules, with 1, 4 and 1 copies of -sqrt 3, 0 and sqrt 3: moments of N(0, I) to order five. */
export function normalDesign(dim: number): Rows {
  const nodes = [-Math.sqrt(3), 0, 0, 0, 0, Math.sqrt(3)];
  let rows: number[][] = [[]];
  for (let j = 0; j < dim; j++) rows = rows.flatMap((row) => nodes.map((node) => [...row, node]));
  return rows;
}

/** Every row of `a` beside every row of `b`: independent draws of both. */
export function crossed(a: Rows, b: Rows): { readonly a: number[]; readonly b: number[]; readonly count: number } {
  return { a: a.flatMap((row) => b.flatMap(() => row)), b: a.flatMap(() => b.flat()), count: a.length * b.length };
}
