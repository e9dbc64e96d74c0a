/**
 * Algebra that is applied when a node is made. Every rule gives a node of the same shape and dtype that costs no more.
 * Broadcasts move outwards, so that what is equal in all rows is computed once; factors that are small or constant move
 * out of products and sums; moves of values that undo each other vanish.
 */

import { type Graph, is, type Node, type PrimitiveName } from './graph';
import { broadcastTo } from './ops';
import { addRule, subRule, mulRule, divRule, powRule, negRule } from './simplify/arithmetic';
import { andRule, selectRule, castRule, activationRule } from './simplify/selection';
import { reshapeRule, transposeRule, broadcastRule, sliceRule, concatRule } from './simplify/moves';
import { sumRule, matMulRule } from './simplify/contractions';
import { type Application, type Result, type Rule, source } from './simplify/rule';

const elementwise = new Set<PrimitiveName>(
  (
    'neg abs sign exp expm1 log log1p sqrt reciprocal sin cos tan asin acos atan sinh cosh asinh acosh atanh erf floor ceil round ' +
    'sigmoid tanh softplus relu logicalNot stopGradient activation cast add sub mul div pow maximum minimum less lessEqual equal ' +
    'logicalAnd logicalOr select'
  ).split(' ') as PrimitiveName[],
);

/** f(broadcast(a), b) = broadcast(f(a, b)). */
const broadcastOutwards: Rule = ({ graph, op, inputs, attrs, result }) => {
  if (!elementwise.has(op) || !inputs.some((x) => is(x, 'broadcastTo'))) return undefined;
  return broadcastTo(graph.emit(op, inputs.map(source), attrs), result.shape);
};

const rulesByPrimitive: { readonly [P in PrimitiveName]?: Rule<P> } = {
  add: addRule,
  sub: subRule,
  mul: mulRule,
  div: divRule,
  pow: powRule,
  neg: negRule,
  logicalAnd: andRule,
  select: selectRule,
  cast: castRule,
  activation: activationRule,
  reshape: reshapeRule,
  transpose: transposeRule,
  broadcastTo: broadcastRule,
  slice: sliceRule,
  concat: concatRule,
  sum: sumRule,
  matMul: matMulRule,
};

/** A cheaper equal of op(inputs), or undefined. */
export function simplify(graph: Graph, op: PrimitiveName, inputs: readonly Node[], attrs: object, result: Result): Node | undefined {
  const application: Application = { graph, op, inputs, attrs, result };
  const own = rulesByPrimitive[op] as Rule | undefined;
  return broadcastOutwards(application) ?? own?.(application);
}
