/** Reads specifications of data and mixing densities out of the sandbox's answer: known kinds, and for each the fields it has. */

import { distributionOf } from '../data/distributions';
import {
  fileFormats,
  type AffineDataSpec,
  type BuiltinDataSpec,
  type BuiltinMixingSpec,
  type DataSpec,
  type FileDataSpec,
} from '../data/spec';
import type { Field } from './decode';

type Read = (field: Field) => unknown;

const number: Read = (field) => field.number();
const numbers: Read = (field) => field.numbers();
const points: Read = (field) => field.list().map(numbers);
const oneOrMore: Read = (field) => (Array.isArray(field.value) ? field.numbers() : field.number());

const parts = { means: points, std: numbers, weights: numbers };

/** The fields of each built-in distribution; all are there. */
const builtins: Readonly<Record<BuiltinDataSpec['kind'], Readonly<Record<string, Read>>>> = {
  gaussianMixture: parts,
  rings: { radii: numbers, std: number, weights: numbers },
  moons: { std: number },
  pinwheel: { arms: number, radialStd: number, tangentialStd: number, rate: number },
  checkerboard: { cells: number, width: number },
  spirals: { arms: number, turns: number, std: number },
  banana: { curvature: number, std: numbers },
  grid25: { spacing: number, std: number },
};

/** The fields of each built-in mixing density; those of the first two may be absent. */
const densities: Readonly<Record<BuiltinMixingSpec['kind'], Readonly<Record<string, Read>>>> = {
  gaussian: { mean: oneOrMore, std: oneOrMore },
  uniformBox: { low: oneOrMore, high: oneOrMore },
  mixture: parts,
};

function namesOf<Kind extends string>(table: Readonly<Record<Kind, unknown>>): Kind[] {
  return Object.keys(table) as Kind[];
}

function read(field: Field, fields: Readonly<Record<string, Read>>, kind: string, mayLack = false): Readonly<Record<string, unknown>> {
  const entries = Object.entries(fields).filter(([name]) => !mayLack || field.optional(name) !== undefined);
  return { kind, ...Object.fromEntries(entries.map(([name, reader]) => [name, reader(field.at(name))])) };
}

function builtin(field: Field): BuiltinDataSpec {
  const kind = field.at('kind').oneOf(namesOf(builtins));
  return read(field, builtins[kind], kind) as BuiltinDataSpec;
}

function file(field: Field): FileDataSpec {
  const columns = field.optional('columns');
  const key = field.optional('key');
  return {
    kind: 'file',
    format: field.at('format').oneOf(fileFormats),
    path: field.at('path').text(10_000),
    ...(columns && { columns: columns.list().map((one) => (typeof one.value === 'string' ? one.text() : one.number())) }),
    ...(key && { key: key.text() }),
  };
}

/** @param dim of the energy. @throws AnswerError or DataError */
export function decodeData(field: Field, dim: number): DataSpec | null {
  if (field.value === null) return null;
  const kind = field.at('kind').oneOf(['samples', 'file', 'affine', ...namesOf(builtins)]);
  if (kind === 'samples') {
    const values = field.at('values').packed();
    if (values.length % dim !== 0) field.fail('rows of the dimension of the energy');
    return { kind, dim: field.at('dim').whole(dim, dim), values };
  }
  if (kind === 'file') return file(field);
  const spec: BuiltinDataSpec | AffineDataSpec =
    kind === 'affine'
      ? {
          kind,
          base: builtin(field.at('base')),
          scale: field.at('scale').number(),
          shift: oneOrMore(field.at('shift')) as AffineDataSpec['shift'],
        }
      : builtin(field);
  return distributionOf(spec).dim === dim ? spec : field.fail(`of dimension ${dim}`);
}

/** A built-in mixing density; its dimension is checked where it is resolved. @throws AnswerError */
export function decodeMixing(field: Field): BuiltinMixingSpec {
  const kind = field.at('kind').oneOf(namesOf(densities));
  return read(field, densities[kind], kind, kind !== 'mixture') as BuiltinMixingSpec;
}
