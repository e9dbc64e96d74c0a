import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError } from '../../../src/executors/selfTest';
import { executorOf, requiredExecutors } from '../support/executors';
import { fixtureActivations, fixtureProgram, fixtureValues, quantities } from '../support/scoreMatchingFixture';

const expected = fixtureValues();

describe.each(requiredExecutors)('exact score matching on %s', (id) => {
  let results: Float32Array[] = [];

  beforeAll(async () => {
    const { inputs, outputs, values } = fixtureProgram();
    const compiled = await (await executorOf(id)).compile({ inputs, outputs });
    results = await compiled.run(values.map((v) => Float32Array.from(v)));
    await compiled.dispose();
  }, 60_000);

  const rows = fixtureActivations.flatMap((fn, f) => quantities.map((quantity, q) => [fn, quantity, f * quantities.length + q] as const));
  it.each(rows)('%s: %s', (_fn, _quantity, i) => {
    // Some hundred roundings of 6e-8 that mostly average out, relative to the largest entry.
    expect(relativeError(results[i]!, expected[i]!)).toBeLessThanOrEqual(1e-5);
  });
});
