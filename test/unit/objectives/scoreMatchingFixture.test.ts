import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/graph/reference';
import type { Node } from '../../../src/graph/graph';
import { difference } from '../support/numbers';
import { fixtureActivations, fixtureProgram, fixtureValues, quantities } from '../support/scoreMatchingFixture';

const { inputs, outputs, values } = fixtureProgram();
const results = evaluate(outputs, new Map<Node, number[]>(inputs.map((x, i) => [x, values[i]!])));
const expected = fixtureValues();

describe('exact score matching against independent float64 numbers', () => {
  const rows = fixtureActivations.flatMap((fn, f) => quantities.map((quantity, q) => [fn, quantity, f * quantities.length + q] as const));
  it.each(rows)('%s: %s', (_fn, _quantity, i) => {
    expect(results[i]).toHaveLength(expected[i]!.length);
    // The fixture's parameter gradients are central differences, good to 1e-9.
    expect(difference(results[i]!, expected[i]!)).toBeLessThanOrEqual(1e-8);
  });
});
