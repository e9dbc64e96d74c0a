/** Checks of the figures beside a `diagnosis.json`, which may come from a stranger. */

import type { DiagnosisFigures, DiagnosisPictures, PairScores, WeightCurve, WeightCurves } from '../shared/diagnosis';
import { sizeOf } from './arrays';
import { Fields } from './fields';
import { RunError } from './runError';

const mostWeights = 10_000;
const mostCells = 2048;

/** Numbers, with null for one that was not finite. */
function curveNumbers(fields: Fields, key: string, length: number, where: string): number[] {
  const values = fields.list(key, mostWeights).map((value) => (value === null ? Number.NaN : value));
  if (values.length !== length || !values.every((value) => typeof value === 'number'))
    throw new RunError('malformed', `'${key}' in ${where} is not a list of ${length} numbers.`);
  return values;
}

function checkCurves(fields: Fields, where: string): WeightCurves {
  const alpha = fields.numbers('alpha');
  const curve = (name: string): WeightCurve => {
    const one = fields.object(name);
    return { values: curveNumbers(one, 'values', alpha.length, where), least: one.numberOrNaN('least') };
  };
  return {
    mode: fields.integer('mode', 0, Number.MAX_SAFE_INTEGER),
    weight: fields.number('weight'),
    alpha,
    fisher: curve('fisher'),
    kl: curve('kl'),
    mixtureFisher: curve('mixtureFisher'),
    beta: fields.number('beta'),
    mixing: fields.text('mixing'),
  };
}

/** Four maps of base64 float32, each of `count` numbers. */
function checkMaps(fields: Fields, count: number, where: string): Omit<PairScores, 'shape'> {
  const map = (name: string): Float32Array => {
    const text = fields.raw(name);
    const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : undefined;
    if (bytes?.length !== 4 * count) throw new RunError('malformed', `'${name}' in ${where} is not ${count} numbers.`);
    return new Float32Array(Uint8Array.from(bytes).buffer);
  };
  return { p: map('p'), tilted: map('tilted'), bridgedP: map('bridgedP'), bridgedTilted: map('bridgedTilted') };
}

function isSide(cells: number): boolean {
  return Number.isInteger(cells) && cells >= 1 && cells <= mostCells;
}

function checkScores(fields: Fields, dim: number, where: string): PairScores {
  const shape = fields.numbers('shape', dim + 1);
  if (!shape.slice(0, dim).every(isSide) || shape[dim] !== dim)
    throw new RunError('malformed', `'shape' in ${where} is not a shape of at most ${mostCells} cells a side and ${dim} numbers each.`);
  return { shape, ...checkMaps(fields, sizeOf(shape), where) };
}

function checkPictures(fields: Fields, dim: number, where: string): DiagnosisPictures {
  const shape = fields.numbers('shape', dim);
  if (!shape.every(isSide)) throw new RunError('malformed', `'shape' in ${where} is not a shape of at most ${mostCells} cells a side.`);
  const extent = fields.numbers('extent', 2 * dim);
  if (!shape.every((_, j) => (extent[2 * j + 1] ?? 0) > (extent[2 * j] ?? 0)))
    throw new RunError('malformed', `'extent' in ${where} is not a list of lower and upper bounds.`);
  if (fields.raw('scores') === undefined)
    throw new RunError('malformed', `${where} has no scores: an earlier version wrote it, diagnose the run again.`);
  const scores = checkScores(fields.object('scores'), dim, `'scores' in ${where}`);
  return { shape, extent, ...checkMaps(fields, sizeOf(shape), where), scores };
}

/** Checks figures, and the stamp that tells whose they are. `where` names the file in messages. Throws RunError. */
export function checkDiagnosisFigures(
  value: unknown,
  dim: number,
  where: string,
): { readonly stamp: string; readonly figures: DiagnosisFigures } {
  const fields = new Fields(value, where);
  return {
    stamp: fields.text('stamp'),
    figures: {
      curves: fields.raw('curves') === null ? null : checkCurves(fields.object('curves'), `'curves' in ${where}`),
      pictures: fields.raw('pictures') === null || dim > 2 ? null : checkPictures(fields.object('pictures'), dim, `'pictures' in ${where}`),
    },
  };
}
