import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/graph/reference';
import { createGraph, primitive, primitiveNames } from '../../../src/graph/table';
import { difference, largest } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';
import { expectedValue, inputNodes } from '../support/primitiveCase';
import { allCases, primitiveCases } from '../support/primitiveCases';

/** Formulas differ from the reference by roundings only, of which the longest (erf) makes about a hundred. */
const tolerance = 1e-13;

describe('the table of cases', () => {
  it('has at least one case for every primitive that is computed', () => {
    const missing = primitiveNames.filter((name) => primitiveCases[name].length === 0);
    expect(missing.sort()).toEqual(['constant', 'input']);
    expect(Object.keys(primitiveCases).sort()).toEqual([...primitiveNames].sort());
  });

  it('is of records that know their own names', () => {
    for (const name of primitiveNames) expect(primitive(name).name).toBe(name);
  });
});

describe.each(allCases)('%s', (_, { op, test }) => {
  const feedsOf = (nodes: ReturnType<typeof inputNodes>) => new Map(nodes.map((node, i) => [node, test.inputs[i]!.values]));

  it('is one node of the expected shape, dtype and value', () => {
    const graph = createPlainGraph();
    const inputs = inputNodes(graph, test);
    const node = graph.emit(op, inputs, test.attrs);
    expect(node).toMatchObject({ op, shape: test.shape, dtype: test.dtype });
    const expected = expectedValue(test);
    const [value] = evaluate([node], feedsOf(inputs));
    expect(difference(value!, expected)).toBeLessThanOrEqual(tolerance * Math.max(1, largest(expected)));
  });

  it('keeps shape, dtype and value when it is simplified', () => {
    const graph = createGraph();
    const inputs = inputNodes(graph, test);
    const node = graph.emit(op, inputs, test.attrs);
    expect(node).toMatchObject({ shape: test.shape, dtype: test.dtype });
    const expected = expectedValue(test);
    const [value] = evaluate([node], feedsOf(inputs));
    expect(difference(value!, expected)).toBeLessThanOrEqual(tolerance * Math.max(1, largest(expected)));
  });

  it('is folded to a constant of its value where its inputs are constants', () => {
    const graph = createGraph();
    const inputs = test.inputs.map(({ values, shape, dtype }) => graph.constant(values, shape, dtype));
    const node = graph.emit(op, inputs, test.attrs);
    const [value] = evaluate([node], new Map());
    if (op !== 'activation' && op !== 'broadcastTo') expect(node).toMatchObject({ op: 'constant', shape: test.shape, dtype: test.dtype });
    const expected = expectedValue(test);
    expect(difference(value!, expected)).toBeLessThanOrEqual(tolerance * Math.max(1, largest(expected)));
  });
});
