/** One trace: which tensors stand for nodes of the graph. */

import { engine, type TensorInfo, type Variable } from '@tensorflow/tfjs-core';
import { type DType, type Graph, type Node, type Shape, sizeOf } from '../../graph/graph';
import { broadcastTo } from '../../graph/ops';
import { createRecordingGraph } from './recordingGraph';
import { TraceError } from './traceError';
import type { EnergyFileReason } from '../errors';
import type { Locator } from './position';

type DataId = TensorInfo['dataId'];

const dtypes: readonly string[] = ['float32', 'int32', 'bool'] satisfies readonly DType[];

/** A trainable variable that the traced function used, and the input that stands for it. */
export interface TracedVariable {
  readonly variable: Variable;
  readonly node: Node;
}

/** What a trace is told. */
export interface SessionSettings {
  /** Finds the user's code. */
  readonly locator: Locator;
  /** Number of rows of x. */
  readonly rows: number;
  /** Whether trainable variables become inputs; otherwise they count as constants. */
  readonly trainable: boolean;
  /** Reads a concrete tensor. */
  readonly readValue: (tensor: TensorInfo) => ArrayLike<number>;
}

/** The state of one trace. */
export class TraceSession {
  readonly graph: Graph = createRecordingGraph();
  /** Names of the tfjs kernels that were recorded. */
  readonly kernels = new Set<string>();
  readonly variables: TracedVariable[] = [];
  /** The first mistake; it is reported even where user code catches it. */
  failure: TraceError | undefined;
  private readonly nodes = new WeakMap<DataId, Node>();
  private readonly constants = new WeakMap<DataId, Node>();

  constructor(private readonly settings: SessionSettings) {}

  /** Records a mistake at the present position, and throws it. */
  fail(reason: EnergyFileReason, message: string): never {
    const error = new TraceError(reason, message, this.settings.locator.here());
    this.failure ??= error;
    throw error;
  }

  /** Shapes in a message with n for the number of rows. */
  withRows(message: string): string {
    return message.replace(/\[[\d, ]*\]/g, (shape) => shape.replace(/\d+/g, (d) => (Number(d) === this.settings.rows ? 'n' : d)));
  }

  /** Gives nodes that are made next the present position. */
  locate(): void {
    this.graph.source = this.settings.locator.here();
  }

  /** Whether the value is unknown while tracing. */
  isTraced(dataId: DataId): boolean {
    return this.nodes.has(dataId) || this.variableOf(dataId) !== undefined;
  }

  /** Stands a node for a tensor. */
  bind(dataId: DataId, node: Node): void {
    this.nodes.set(dataId, node);
  }

  /** The node of a tensor; a constant where its value is known. */
  nodeOf(tensor: TensorInfo): Node {
    const { dataId } = tensor;
    const known = this.nodes.get(dataId) ?? this.constants.get(dataId);
    if (known) return this.inShape(known, tensor.shape);
    const variable = this.variableOf(dataId);
    if (variable) return this.variableNode(variable);
    const node = this.constant(tensor);
    this.constants.set(dataId, node);
    return node;
  }

  /** tfjs shares data between a tensor and its reshaped copies. */
  private inShape(node: Node, shape: Shape): Node {
    const same = node.shape.length === shape.length && node.shape.every((d, i) => d === shape[i]);
    return same ? node : this.graph.emit('reshape', [node], { shape: [...shape] });
  }

  private variableOf(dataId: DataId): Variable | undefined {
    if (!this.settings.trainable) return undefined;
    return Object.values(engine().registeredVariables).find((v) => v.trainable && v.dataId === dataId && v.dtype === 'float32');
  }

  private variableNode(variable: Variable): Node {
    const seen = this.variables.find((v) => v.variable === variable);
    if (seen) return seen.node;
    const node = this.graph.input(variable.name, variable.shape);
    this.variables.push({ variable, node });
    return node;
  }

  private constant(tensor: TensorInfo): Node {
    if (!dtypes.includes(tensor.dtype))
      this.fail('unsupported', `A tensor of type ${tensor.dtype} cannot be part of an energy; use float32.`);
    const dtype = tensor.dtype as DType;
    const data = Float64Array.from(this.settings.readValue(tensor));
    const first = data[0];
    if (data.length > 1 && first !== undefined && data.every((v) => Object.is(v, first))) {
      return broadcastTo(this.graph.constant(first, [], dtype), [...tensor.shape]);
    }
    if (data.length !== sizeOf(tensor.shape)) this.fail('crash', 'A tensor has another size than its shape says.');
    return this.graph.constant(data, [...tensor.shape], dtype);
  }
}
