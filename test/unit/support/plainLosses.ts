/** The objectives by their formulas in plain numbers, for a density whose derivatives are written out. Independent of the graph. */

/** Energy, its gradient and its Hessian at one point. */
export interface Jet {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly (readonly number[])[];
}

export type JetOf = (x: readonly number[]) => Jet;

/** E = sum_j a_j exp(b_j . x) */
export function exponentialJet(directions: readonly (readonly number[])[], a: readonly number[]): JetOf {
  return (x) => {
    const terms = directions.map((b, j) => a[j]! * Math.exp(b.reduce((t, v, i) => t + v * x[i]!, 0)));
    const sum = (f: (b: readonly number[]) => number): number => terms.reduce((t, term, j) => t + term * f(directions[j]!), 0);
    return {
      value: sum(() => 1),
      gradient: x.map((_, i) => sum((b) => b[i]!)),
      hessian: x.map((_, i) => x.map((_x, k) => sum((b) => b[i]! * b[k]!))),
    };
  };
}

const squared = (v: readonly number[]): number => v.reduce((t, x) => t + x * x, 0);
const trace = (m: readonly (readonly number[])[]): number => m.reduce((t, row, i) => t + row[i]!, 0);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((t, x, i) => t + x * b[i]!, 0);
const form = (m: readonly (readonly number[])[], v: readonly number[]): number =>
  dot(
    v,
    m.map((row) => dot(row, v)),
  );

/** |grad E|^2 / 2 - laplacian E */
export function exactTerm({ gradient, hessian }: Jet): number {
  return squared(gradient) / 2 - trace(hessian);
}

/** (v . grad E)^2 / 2 - v' (hess E) v */
export function slicedTerm({ gradient, hessian }: Jet, v: readonly number[]): number {
  return dot(v, gradient) ** 2 / 2 - form(hessian, v);
}

/** |grad E|^2 / 2 - v' (hess E) v */
export function reducedTerm({ gradient, hessian }: Jet, v: readonly number[]): number {
  return squared(gradient) / 2 - form(hessian, v);
}

/** |s(y) - (x - y) / sigma^2|^2 / 2 at y = x + sigma z, per coordinate */
export function denoisingTerm(jet: JetOf, x: readonly number[], z: readonly number[], sigma: readonly number[]): number {
  const y = x.map((v, i) => v + sigma[i]! * z[i]!);
  const { gradient } = jet(y);
  return squared(gradient.map((g, i) => -g - (x[i]! - y[i]!) / sigma[i]! ** 2)) / 2;
}

/** |grad E|^2 / 2 - Laplacian E at y = x + level sigma z */
export function noisedTerm(jet: JetOf, x: readonly number[], z: readonly number[], sigma: readonly number[], level: number): number {
  return exactTerm(jet(x.map((v, i) => v + level * sigma[i]! * z[i]!)));
}

/** The jet of -log(beta exp(-E - c) + (1 - beta) N(0, std^2 I)), by the rules for the density itself rather than its logarithm. */
export function bridgedJet(jet: JetOf, c: number, beta: number, std: number): JetOf {
  return (x) => {
    const dim = x.length;
    const { value, gradient, hessian } = jet(x);
    const q = beta * Math.exp(-value - c);
    const m = (1 - beta) * (2 * Math.PI * std * std) ** (-dim / 2) * Math.exp(-squared(x) / (2 * std * std));
    const total = q + m;
    const slope = x.map((v, i) => -q * gradient[i]! - (m * v) / (std * std));
    const curvature = x.map((v, i) =>
      x.map((w, k) => q * (gradient[i]! * gradient[k]! - hessian[i]![k]!) + m * ((v * w) / std ** 4 - (i === k ? 1 / (std * std) : 0))),
    );
    return {
      value: -Math.log(total),
      gradient: slope.map((s) => -s / total),
      hessian: curvature.map((row, i) => row.map((h, k) => -h / total + (slope[i]! * slope[k]!) / (total * total))),
    };
  };
}
