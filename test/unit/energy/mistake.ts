/** A file with one mistake, and what is said of it. */
export interface Mistake {
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  readonly message: string;
  /** line:column */
  readonly at: string;
}

/** Imports that take two lines. */
export const header = `import * as tf from '@tensorflow/tfjs';
import { activations, data, defineEnergy, mixing, mlp } from 'unblind';
`;

/** An energy file whose energy is an expression of x in line 5, which starts at column 18. */
export function energyOf(expression: string): string {
  return `${header}export const e = defineEnergy({
  dim: 2,
  energy: (x) => ${expression},
});
`;
}
