/** Reads one traced energy out of the sandbox's answer, and checks it whole. */

import type { BuiltinMixingSpec } from '../data/spec';
import type { DType, SourcePosition } from '../graph/graph';
import { sameShape, type Shape, sizeOf } from '../graph/graph';
import { createGraph, primitiveNames } from '../graph/table';
import { type ImageShape, imageSize } from '../shared/image';
import { checkFit } from './api/fit';
import { bindProgram } from './bind';
import { AnswerError, Field } from './decode';
import { decodeData, decodeMixing } from './decodeSpec';
import type { CustomMixingSpec, NoiseSpec, SymbolicSize, TracedEnergy, TracedNode, TracedParameter, TracedProgram } from './traced';

/** Maps a position in the bundle to the file that the user wrote; undefined where there is none. */
export type MapPosition = (line: number, column: number) => SourcePosition | undefined;

const dtypes: readonly DType[] = ['float32', 'int32', 'bool'];

/** Numbers of rows for which each program is built once, to be sure that it can be. */
const trialRows = [1, 4];

function size(field: Field): SymbolicSize {
  if (typeof field.value === 'number') return field.whole(0, 2 ** 31);
  return { n: field.at('n').whole(-(2 ** 31), 2 ** 31), plus: field.at('plus').whole(-(2 ** 31), 2 ** 31) };
}

function source(field: Field | undefined, map: MapPosition): SourcePosition | undefined {
  return field && map(field.at('line').whole(1, 1e9), field.at('column').whole(1, 1e9));
}

/** An attribute as plain data: a number, a flag, a text, packed numbers, a size, or a list of numbers and sizes. */
function attribute(field: Field): unknown {
  const { value } = field;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  if (Array.isArray(value)) return field.list().map(attribute);
  if (field.optional('base64')) return field.packed();
  return field.optional('special') ? field.number() : size(field);
}

function node(field: Field, map: MapPosition): TracedNode {
  const attrs = field.at('attrs');
  const position = source(field.optional('source'), map);
  return {
    op: field.at('op').oneOf(primitiveNames),
    inputs: field.at('inputs').numbers(),
    attrs: Object.fromEntries(attrs.keys().map((key) => [key, attribute(attrs.at(key))])),
    shape: field.at('shape').list(64).map(size),
    dtype: field.at('dtype').oneOf(dtypes),
    ...(position && { source: position }),
  };
}

function program(field: Field, map: MapPosition): TracedProgram {
  const nodes = field
    .at('nodes')
    .list()
    .map((item) => node(item, map));
  const index = (item: Field): number => item.whole(0, nodes.length - 1);
  return {
    nodes,
    inputs: field
      .at('inputs')
      .list(100_001)
      .map((item) => ({ name: item.at('name').line(), node: index(item.at('node')) })),
    outputs: field.at('outputs').list(16).map(index),
  };
}

function parameter(field: Field): TracedParameter {
  const shape = field
    .at('shape')
    .list(64)
    .map((d) => d.whole(0, 2 ** 31));
  return { name: field.at('name').line(), shape, init: Float32Array.from(field.at('init').packed(sizeOf(shape))) };
}

function mixing(field: Field, dim: number, map: MapPosition): BuiltinMixingSpec | CustomMixingSpec | null {
  if (field.value === null) return null;
  const kind = field.at('kind').oneOf(['custom', 'gaussian', 'uniformBox', 'mixture']);
  if (kind !== 'custom') return decodeMixing(field);
  const samples = field.at('samples').packed();
  if (samples.length % dim !== 0) field.fail('a density of the dimension of the energy');
  return { kind, samples, logDensity: program(field.at('logDensity'), map) };
}

function noise(field: Field): NoiseSpec | null {
  if (field.value === null) return null;
  const level = (name: string): number | null => (field.at(name).value === null ? null : field.at(name).number());
  const levels = field.at('levels').value === null ? null : field.at('levels').whole(1, 1000);
  return { largest: level('largest'), smallest: level('smallest'), levels };
}

function image(field: Field, dim: number): ImageShape | null {
  if (field.value === null) return null;
  const side = (name: string): number => field.at(name).whole(1, 4096);
  const channels = side('channels');
  const shape: ImageShape = { width: side('width'), height: side('height'), channels: channels === 3 ? 3 : 1 };
  return shape.channels === channels && imageSize(shape) === dim ? shape : field.fail('an image of the right size');
}

function fit(field: Field, network: 'energy' | 'score'): ReturnType<typeof checkFit> {
  const out: Record<string, unknown> = {};
  for (const key of field.keys()) {
    const value = field.at(key);
    out[key] = typeof value.value === 'boolean' ? value.flag() : typeof value.value === 'string' ? value.text() : value.number();
  }
  return checkFit(out, network);
}

/** @param shape of a row of the result */
function tryProgram(traced: TracedProgram, columns: number, params: readonly TracedParameter[], shape: Shape = []): void {
  for (const rows of trialRows) {
    const graph = createGraph();
    const x = graph.input('x', [rows, columns]);
    const [output, ...more] = bindProgram(graph, traced, rows, [x, ...params.map((p) => graph.input(p.name, p.shape))]);
    if (!output || more.length > 0 || !sameShape(output.shape, [rows, ...shape]) || output.dtype !== 'float32') {
      throw new AnswerError(`a program does not give what it should for ${rows} rows`);
    }
  }
}

/**
 * Reads one energy.
 *
 * @param value from TracedAnswer.energies
 * @param map maps positions of the bundle
 * @param fallback position where there is none
 * @throws AnswerError, ProgramError or DataError where it is not well formed
 */
export function decodeEnergy(value: unknown, map: MapPosition, fallback: SourcePosition): TracedEnergy {
  const field = new Field(value, 'energy');
  const dim = field.at('dim').whole(1, 4096);
  const params = field.at('params').list(100_000).map(parameter);
  const energy = program(field.at('energy'), map);
  const network = field.at('network').oneOf(['energy', 'score']);
  if (network === 'energy') tryProgram(energy, dim, params);
  else tryProgram(energy, dim + 1, params, [dim]);
  const density = mixing(field.at('mixing'), dim, map);
  if (density?.kind === 'custom') tryProgram(density.logDensity, dim, []);
  return {
    network,
    name: field.at('name').line(1000),
    source: source(field.at('source'), map) ?? fallback,
    dim,
    params,
    energy,
    data: decodeData(field.at('data'), dim),
    mixing: density,
    fit: fit(field.at('fit'), network),
    noise: noise(field.at('noise')),
    image: image(field.at('image'), dim),
    kernels: field
      .at('kernels')
      .list()
      .map((kernel) => kernel.text(1000)),
  };
}
