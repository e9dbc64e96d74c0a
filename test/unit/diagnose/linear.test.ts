import { describe, expect, it } from 'vitest';
import { matrixFunction, symmetricEigen } from '../../../src/diagnose/linear/symmetricEigen';
import { Random } from '../../../src/shared/random';

function randomSymmetric(n: number, seed: number): Float64Array {
  const values = new Float64Array(n * n);
  new Random(seed).fillNormal(values);
  return values.map((v, k) => v + values[(k % n) * n + Math.floor(k / n)]!);
}

describe('symmetricEigen', () => {
  it.each([1, 2, 5, 30])('puts a random matrix of size %i together again, with orthonormal vectors', (n) => {
    const matrix = randomSymmetric(n, n);
    const eigen = symmetricEigen(matrix, n);
    const again = matrixFunction(eigen, (v) => v);
    expect(Math.max(...again.map((v, k) => Math.abs(v - matrix[k]!)))).toBeLessThan(1e-12 * n);
    const identity = matrixFunction(eigen, () => 1);
    expect(Math.max(...identity.map((v, k) => Math.abs(v - (k % (n + 1) === 0 ? 1 : 0))))).toBeLessThan(1e-12 * n);
  });

  it('knows the eigenvalues of [[2, 1], [1, 2]], of a diagonal and of zero', () => {
    expect(Array.from(symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).values).sort()).toEqual([
      expect.closeTo(1, 14) as number,
      expect.closeTo(3, 14) as number,
    ]);
    expect(Array.from(symmetricEigen(Float64Array.of(5, 0, 0, -1), 2).values)).toEqual([5, -1]);
    expect(Array.from(symmetricEigen(new Float64Array(4), 2).values)).toEqual([0, 0]);
  });
});
