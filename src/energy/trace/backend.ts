/** The tfjs back end on which energy files run: it computes values, and records what depends on traced tensors. */

import {
  engine,
  getKernel,
  getKernelsForBackend,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerBackend,
  registerKernel,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type DType, GraphError, type Node } from '../../graph/graph';
import { activationKernel } from '../api/activations';
import { concreteActivation } from './activationKernels';
import { lowerings, shapeOnlyKernels, unsupportedMessage } from './kernels';
import { KernelCall } from './lowering';
import type { TraceSession } from './session';

/** Name under which the back end is registered. */
export const traceBackendName = 'trace';

type DataId = TensorInfo['dataId'];

const readingMessage =
  'The energy reads a value of a tensor while it is traced, but the values are not known yet; ' +
  'choose with tf.where instead of if, and stay in tensor operations.';

/** A CPU back end whose kernels are recorded while a session is set. */
export class TraceBackend extends MathBackendCPU {
  session: TraceSession | undefined;
  private symbols = 0;
  private readonly symbolic = new WeakSet<DataId>();

  /** A tensor that stands for a node. */
  symbol(node: Node): TensorInfo {
    const dataId = { traced: this.symbols++ };
    this.symbolic.add(dataId);
    this.session?.bind(dataId, node);
    return { dataId, shape: [...node.shape], dtype: node.dtype };
  }

  /** A new input of the graph, as a tensor for user code. */
  input(session: TraceSession, name: string, shape: readonly number[], dtype: DType = 'float32'): { tensor: Tensor; node: Node } {
    const node = session.graph.input(name, [...shape], dtype);
    return { tensor: engine().makeTensorFromTensorInfo(this.symbol(node), this), node };
  }

  private refuseReading(dataId: DataId): void {
    if (this.session?.isTraced(dataId)) this.session.fail('reading', readingMessage);
    if (this.symbolic.has(dataId)) throw new Error('A tensor of a finished trace has no value.');
  }

  override readSync(dataId: DataId): ReturnType<MathBackendCPU['readSync']> {
    this.refuseReading(dataId);
    return super.readSync(dataId);
  }

  override read(dataId: DataId): ReturnType<MathBackendCPU['read']> {
    this.refuseReading(dataId);
    return super.read(dataId);
  }

  override refCount(dataId: DataId): number {
    return this.symbolic.has(dataId) ? 1 : super.refCount(dataId);
  }

  override incRef(dataId: DataId): void {
    if (!this.symbolic.has(dataId)) super.incRef(dataId);
  }

  override disposeData(dataId: DataId, force?: boolean): boolean {
    return this.symbolic.has(dataId) || super.disposeData(dataId, force);
  }
}

function present(inputs: NamedTensorInfoMap): [string, TensorInfo][] {
  return Object.entries(inputs).filter((entry): entry is [string, TensorInfo] => (entry[1] as TensorInfo | undefined | null) != null);
}

/** A kernel that computes where all inputs have values, and records itself where one has not. */
function traced(backend: TraceBackend, name: string, concrete: KernelFunc): KernelFunc {
  return (params) => {
    const { session } = backend;
    const inputs = present(params.inputs);
    if (!session || !inputs.some(([, tensor]) => session.isTraced(tensor.dataId))) return concrete(params);
    const attrs = params.attrs ?? {};
    if (shapeOnlyKernels.includes(name)) return constantLike(backend, name, inputs[0]![1]);
    session.kernels.add(name);
    session.locate();
    const refuse = (message: string): never => session.fail('unsupported', message);
    const lowering = lowerings[name] ?? refuse(unsupportedMessage(name));
    const nodes = new Map(inputs.map(([key, tensor]) => [key, session.nodeOf(tensor)]));
    const result = attempt(session, () => lowering(new KernelCall(session.graph, nodes, attrs, refuse)));
    return Array.isArray(result) ? (result as readonly Node[]).map((node) => backend.symbol(node)) : backend.symbol(result as Node);
  };
}

function attempt<T>(session: TraceSession, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof GraphError) return session.fail('shape', `${session.withRows(error.message)}.`);
    throw error;
  }
}

/** Zeros or ones in the shape of a traced tensor are known already. */
function constantLike(backend: TraceBackend, name: string, like: TensorInfo): TensorInfo {
  const fill = getKernel('Fill', traceBackendName);
  const attrs: NamedAttrMap = { shape: like.shape, value: name === 'OnesLike' ? 1 : 0, dtype: like.dtype };
  return fill.kernelFunc({ inputs: {}, attrs, backend }) as TensorInfo;
}

const activationOnValues: KernelFunc = ({ inputs, attrs }) => concreteActivation(inputs, attrs ?? {});

/**
 * Registers the back end and its kernels. The kernels of the CPU back end must be registered already.
 *
 * @returns the back end, which `tf.setBackend(traceBackendName)` makes the active one
 */
export function registerTraceBackend(): TraceBackend {
  const backend = new TraceBackend();
  registerBackend(traceBackendName, () => backend, 0);
  const kernels = getKernelsForBackend('cpu').map(({ kernelName, kernelFunc }) => ({ kernelName, kernelFunc }));
  for (const { kernelName, kernelFunc } of [...kernels, { kernelName: activationKernel, kernelFunc: activationOnValues }]) {
    registerKernel({ kernelName, backendName: traceBackendName, kernelFunc: traced(backend, kernelName, kernelFunc) });
  }
  return backend;
}
