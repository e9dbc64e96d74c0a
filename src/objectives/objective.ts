/** What an objective is: a scalar loss as a graph, and what it needs fed. */

import type { Graph, Node } from '../graph/graph';

/** What a training step knows when the loss is built. All nodes are in standardised coordinates. */
export interface ObjectiveContext {
  readonly graph: Graph;
  /** The minibatch, [n, dim]. */
  readonly x: Node;
  /** Random numbers of this step, [n, dim]; present where the objective's `noise` says so. */
  readonly noise: Node | undefined;
  /** E of each row of any [n, dim] node: [n]. Throws RangeError for a score network. */
  readonly energy: (x: Node) => Node;
  /** s of each row of any [n, dim] node at noise levels [n, 1]: [n, dim]. Throws RangeError for an energy. */
  readonly score: (x: Node, sigma: Node) => Node;
  /** The noise level of each row, [n, 1]; present where the objective's `levels` says so. */
  readonly levels: Node | undefined;
  /** log m of each row, normalised: [n]. */
  readonly mixingLogDensity: (x: Node) => Node;
  /** The free scalar of a self-normalised objective. */
  readonly logNormalizer: Node | undefined;
  readonly beta: number;
  /** Noise of denoising and of noise-annealed score matching, one number a coordinate. */
  readonly sigma: readonly number[];
}

export interface Objective {
  /** In words, for reports and `--help`. */
  readonly title: string;
  /** What it trains. */
  readonly trains: 'energy' | 'score';
  /** Random numbers a row that the loss is fed with in every step. */
  readonly noise: 'none' | 'directions' | 'gaussian';
  /** Data rows are mixed with draws of m (beta p + (1 - beta) m). */
  readonly bridged: boolean;
  /** What exp(-E) stands for after the fit: p, or the bridged density p~ that has to be corrected. */
  readonly models: 'data' | 'bridged';
  /** Noise levels that rows are fed with: each one drawn from a score network's, or in all rows the share of sigma that falls to zero before the run ends. */
  readonly levels: 'none' | 'drawn' | 'annealed';
  /** The optimiser also moves a scalar that tends to log Z. */
  readonly selfNormalised: boolean;
  /** The scalar to be minimised. */
  readonly loss: (context: ObjectiveContext) => Node;
}
