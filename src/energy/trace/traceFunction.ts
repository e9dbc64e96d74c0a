/** Traces one function of rows: [n, dim] -> [n], or to [n, width]. */

import { Tensor, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { reachable, type Shape, type SourcePosition } from '../../graph/graph';
import type { Fix } from '../../shared/fix';
import type { EnergyFileReason } from '../errors';
import { ApiError } from '../api/apiError';
import { show } from '../api/check';
import { describeMixing, findRowMixing } from '../rows';
import type { TracedProgram } from '../traced';
import type { TraceBackend } from './backend';
import type { Chance } from './chance';
import type { NamedTensor } from './flatten';
import type { Locator } from './position';
import { TraceSession, type TracedVariable } from './session';
import { TraceError } from './traceError';
import { type Trace, unify } from './unify';
import { unknownFunction } from './unknownFunction';

/**
 * Numbers of rows of the two traces: primes, so that they are hardly ever another size by accident, and below 32, because
 * tf.layers' predict splits its input into batches of 32.
 */
const rowCounts = [19, 23] as const;

/** What traces need besides the function. */
export interface TraceEnvironment {
  readonly backend: TraceBackend;
  readonly locator: Locator;
  readonly chance: Chance;
}

/** What is traced. */
export interface RowFunction {
  /** How messages name it: 'The energy'. */
  readonly subject: string;
  readonly dim: number;
  /** Numbers that it returns for a row; undefined for a single one, in a tensor of shape [n]. */
  readonly width?: number;
  readonly params: readonly NamedTensor[];
  /** Whether trainable variables become inputs. */
  readonly trainable: boolean;
  /** Where it was defined, for mistakes without a better place. */
  readonly position: SourcePosition | undefined;
  readonly run: (x: Tensor2D, params: readonly Tensor[]) => unknown;
}

/** A traced function. */
export interface TracedFunction {
  readonly program: TracedProgram;
  readonly kernels: readonly string[];
  /** Trainable variables it uses; their inputs follow those of the parameters. */
  readonly variables: readonly TracedVariable[];
  readonly warnings: readonly string[];
}

/** What JavaScript says in its own words. */
const rangeErrors: readonly (readonly [RegExp, EnergyFileReason, string])[] = [
  [/^Maximum call stack/, 'exception', 'The code calls itself without end: maximum call stack size exceeded.'],
  [/typed array length|allocation failed|Array buffer/, 'memory', 'A tensor or an array is larger than the memory that a file may use.'],
];

/** An error of user code as one of ours. */
export function asTraceError(error: unknown, locator: Locator, fallback: SourcePosition | undefined): TraceError {
  if (error instanceof TraceError)
    return error.position || !fallback ? error : new TraceError(error.reason, error.message, fallback, error.fix);
  if (error instanceof ApiError) return new TraceError(error.reason, error.message, locator.within(error.stack) ?? fallback, error.fix);
  if (error instanceof Error) {
    const known = error instanceof RangeError ? rangeErrors.find(([pattern]) => pattern.test(error.message)) : undefined;
    if (known) return new TraceError(known[1], known[2], locator.within(error.stack) ?? fallback);
    const [line = ''] = error.message.split('\n');
    const name = error.name === 'Error' ? '' : `${error.name}: `;
    const fix = unknownFunction(line);
    const near = fix === undefined ? '' : `; did you mean "${fix.to}"?`;
    return new TraceError(
      'exception',
      `${name}${line === '' ? 'an error without a message' : line}${near}`,
      locator.within(error.stack) ?? fallback,
      fix,
    );
  }
  return new TraceError('exception', `The code threw ${show(error)}.`, fallback);
}

function shapeText(shape: Shape, rows: number): string {
  return `[${shape.map((d) => (d === rows ? 'n' : d)).join(', ')}]`;
}

function cure(shape: Shape, rows: number): string {
  if (shape.length === 0) return 'reduce over axis 1 only, as in tf.sum(e, 1)';
  if (shape.length === 2 && shape[0] === rows && shape[1] === 1) return 'add .squeeze([1])';
  if (shape.length >= 2 && shape[0] === rows) return 'sum over the axes behind the first';
  return 'keep the first axis, one row for each row of x';
}

function fixOf(shape: Shape, rows: number): Fix | undefined {
  if (shape.length === 0) return { kind: 'sum-rows' };
  return shape.length === 2 && shape[0] === rows && shape[1] === 1 ? { kind: 'squeeze' } : undefined;
}

function checkResult({ subject, width }: RowFunction, result: unknown, rows: number): TensorInfo {
  const wanted =
    width === undefined
      ? 'but it must return one number a row, a tensor of shape [n]'
      : `but it must return a row for each row of x, a tensor of shape [n, ${width}]`;
  const fail = (message: string, fix?: Fix): never => {
    throw new TraceError('shape', message, undefined, fix);
  };
  if (result instanceof Promise) fail(`${subject} is async, ${wanted}, at once.`);
  if (!(result instanceof Tensor)) return fail(`${subject} returned ${show(result)}, ${wanted}.`);
  const { shape, dtype } = result as TensorInfo;
  const single = width === undefined;
  const right = shape[0] === rows && (single ? shape.length === 1 : shape.length === 2 && shape[1] === width);
  if (!right) {
    const said = `${subject} returned shape ${shapeText(shape, rows)}, ${wanted}`;
    fail(single ? `${said}; ${cure(shape, rows)}.` : `${said}.`, single ? fixOf(shape, rows) : undefined);
  }
  if (dtype !== 'float32') fail(`${subject} returned a tensor of type ${dtype}, but it must be float32; use .toFloat().`);
  return result;
}

interface OneTrace extends Trace {
  readonly session: TraceSession;
}

function traceOnce(environment: TraceEnvironment, target: RowFunction, rows: number): OneTrace {
  const { backend, locator } = environment;
  const session = new TraceSession({
    locator,
    rows,
    trainable: target.trainable,
    readValue: (tensor) => backend.readSync(tensor.dataId) as ArrayLike<number>,
  });
  backend.session = session;
  try {
    const x = backend.input(session, 'x', [rows, target.dim]);
    const params = target.params.map(({ name, tensor }) => ({ name, ...backend.input(session, name, tensor.shape) }));
    const result = target.run(
      x.tensor as Tensor2D,
      params.map(({ tensor }) => tensor),
    );
    if (session.failure) throw session.failure;
    const returned = result instanceof Tensor && session.isTraced(result.dataId) ? session.nodeOf(result) : undefined;
    const output = positioned(returned?.source, () => session.nodeOf(checkResult(target, result, rows)));
    const inputs = [{ name: 'x', node: x.node }, ...params, ...session.variables.map((v) => ({ name: v.variable.name, node: v.node }))];
    return { rows, graph: session.graph, inputs, output, session };
  } catch (error) {
    throw session.failure ?? asTraceError(error, locator, target.position);
  } finally {
    backend.session = undefined;
  }
}

/** Gives mistakes in `run` a position. */
function positioned<T>(position: SourcePosition | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof TraceError && !error.position ? new TraceError(error.reason, error.message, position, error.fix) : error;
  }
}

function checkVariables(a: OneTrace, b: OneTrace, target: RowFunction): void {
  const same =
    a.session.variables.length === b.session.variables.length &&
    a.session.variables.every((v, i) => v.variable === b.session.variables[i]!.variable);
  if (same) return;
  throw new TraceError(
    'not-deterministic',
    `${target.subject} makes a new tf.variable, or new layers, on every call; make them once, outside of it.`,
    target.position,
  );
}

function checkRows({ subject, position }: RowFunction, { output, inputs, rows }: Trace): void {
  const mixing = findRowMixing(output, inputs[0]!.node, rows);
  if (!mixing) return;
  const message = `${subject} of one row depends on other rows: ${describeMixing(mixing)}; each row must be computed by itself (reduce over axis 1 instead).`;
  throw new TraceError('rows', message, mixing.source ?? position, { kind: 'sum-rows' });
}

function unused({ subject, params }: RowFunction, { output, inputs }: Trace): string[] {
  const used = new Set(reachable([output]));
  const idle = params.filter((_, i) => !used.has(inputs[i + 1]!.node)).map(({ name }) => name);
  return [
    ...(used.has(inputs[0]!.node) ? [] : [`${subject} does not depend on x.`]),
    ...(idle.length > 0 ? [`${subject} does not use the parameter${idle.length > 1 ? 's' : ''} ${idle.join(', ')}.`] : []),
  ];
}

/**
 * Traces with two numbers of rows, and checks that rows are independent.
 *
 * @throws TraceError with a position in the code that ran
 */
export function traceFunction(environment: TraceEnvironment, target: RowFunction): TracedFunction {
  const { chance, locator } = environment;
  const first = traceOnce(environment, target, rowCounts[0]);
  checkRows(target, first);
  chance.watch(() => locator.here());
  try {
    const second = traceOnce(environment, target, rowCounts[1]);
    checkVariables(first, second, target);
    const program = unify(first, second);
    return {
      program,
      kernels: [...first.session.kernels].sort(),
      variables: first.session.variables,
      warnings: unused(target, first),
    };
  } catch (error) {
    const drawn = chance.firstDraw;
    if (!(error instanceof TraceError) || error.reason !== 'not-deterministic' || !drawn)
      throw asTraceError(error, locator, target.position);
    throw new TraceError(
      'not-deterministic',
      `${target.subject} is not deterministic: it draws random numbers here; draw them once, outside of it.`,
      drawn,
    );
  } finally {
    chance.stop();
  }
}
