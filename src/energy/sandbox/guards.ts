/** Mistakes that tfjs would let pass, or answer with a riddle, and that the sandbox can name. */

import { engine, Tensor } from '@tensorflow/tfjs-core';
import type { TraceBackend } from '../trace/backend';

const gradientMessage =
  'tf.grad and its like cannot be used in an energy: Unblind differentiates the energy by itself, to any order; return the energy only.';

/** tfjs's own gradients are wrong at second order, and would read values. */
function refuseGradients(backend: TraceBackend): void {
  const tfjs = engine();
  const gradients = tfjs.gradients.bind(tfjs);
  tfjs.gradients = (...args) => {
    if (backend.session) backend.session.fail('gradient', gradientMessage);
    return gradients(...args);
  };
}

const operatorMessage =
  'A tensor is used with a JavaScript operator such as +, * or <, which works on numbers only; ' +
  'use x.add(y), x.mul(y), x.less(y) and so on.';

/** `x * 2` on a tensor would silently be NaN. */
function refuseOperators(backend: TraceBackend): void {
  Object.defineProperty(Tensor.prototype, Symbol.toPrimitive, {
    value(this: Tensor, hint: string): string {
      if (hint === 'string') return `Tensor [${this.shape.join(', ')}]`;
      if (backend.session) return backend.session.fail('exception', operatorMessage);
      throw new TypeError(operatorMessage);
    },
    configurable: true,
  });
}

/** The file cannot switch to a back end that does not trace. */
function keepBackend(): void {
  engine().setBackend = () => Promise.resolve(true);
}

/** Puts all guards in place. */
export function installGuards(backend: TraceBackend): void {
  refuseGradients(backend);
  refuseOperators(backend);
  keepBackend();
}
