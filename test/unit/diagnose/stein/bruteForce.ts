import type { SteinKernelId } from '../../../../src/diagnose/stein/kernels';

type Kernel = (x: readonly number[], y: readonly number[]) => number;

/** The kernels by their definitions. */
export const kernels: Record<SteinKernelId, (l: number) => Kernel> = {
  imq: (l) => (x, y) => 1 / Math.sqrt(1 + x.reduce((t, v, k) => t + (v - y[k]!) ** 2, 0) / (l * l)),
  rbf: (l) => (x, y) => Math.exp(-x.reduce((t, v, k) => t + (v - y[k]!) ** 2, 0) / (2 * l * l)),
};

const step = 1e-4;
const nudged = (x: readonly number[], k: number, by: number): number[] => x.map((v, j) => (j === k ? v + by : v));

/**
 * The Stein kernel from its definition, the Stein operator applied to both arguments, with finite differences of the kernel:
 * s(x).s(y) k + s(x).grad_y k + s(y).grad_x k + trace grad_x grad_y k. Good to about 1e-7.
 */
export function steinKernel(k: Kernel, x: readonly number[], y: readonly number[], sx: readonly number[], sy: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const [up, down] = [nudged(x, i, step), nudged(x, i, -step)];
    const [right, left] = [nudged(y, i, step), nudged(y, i, -step)];
    total += sx[i]! * sy[i]! * k(x, y);
    total += (sx[i]! * (k(x, right) - k(x, left))) / (2 * step);
    total += (sy[i]! * (k(up, y) - k(down, y))) / (2 * step);
    total += (k(up, right) - k(up, left) - k(down, right) + k(down, left)) / (4 * step * step);
  }
  return total;
}

/** Rows of a row-major array. */
export function rowsOf(values: Float64Array, dim: number): number[][] {
  return Array.from({ length: values.length / dim }, (_, i) => Array.from(values.subarray(i * dim, (i + 1) * dim)));
}
