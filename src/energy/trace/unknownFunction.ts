/** What was meant by a call of a function that does not exist. */

import * as core from '@tensorflow/tfjs-core';
import type { Fix } from '../../shared/fix';
import { activations } from '../api/activations';
import { data } from '../api/data';
import { mixing } from '../api/mixing';
import { nearestName } from '../api/suggest';

const ours: Readonly<Record<string, object>> = { data, mixing, activations };

function functionsOf(object: string): readonly string[] {
  const own = ours[object.replace(/\d+$/, '')];
  if (own !== undefined) return Object.keys(own);
  const methods = Object.getOwnPropertyNames(core.Tensor.prototype).filter((name) => name !== 'constructor');
  const functions = Object.entries(core).flatMap(([name, value]) => (typeof value === 'function' && /^[a-z]/.test(name) ? [name] : []));
  return [...new Set([...methods, ...functions])];
}

/**
 * The fix for a message such as "tf.summ is not a function"; undefined for other messages, and where no name is near.
 */
export function unknownFunction(message: string): Extract<Fix, { readonly kind: 'rename' }> | undefined {
  const [, object = '', from = ''] = /^(.*)\.([\p{ID_Continue}$]+) is not a function$/u.exec(message) ?? [];
  if (from === '') return undefined;
  const to = nearestName(from, functionsOf(object));
  return to === undefined || to === from ? undefined : { kind: 'rename', from, to };
}
