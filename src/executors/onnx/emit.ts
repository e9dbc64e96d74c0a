/** Turns graphs into ONNX models: a program into a plain model, a loop into a model around one Loop node. */

import { type DType, is, type Node, reachable, type Shape, sizeOf } from '../../graph/graph';
import { lower } from '../../graph/lower';
import type { OnnxAttribute, OnnxEmitter } from '../../graph/primitive';
import { primitive } from '../../graph/table';
import type { LoopProgram, Program } from '../executor';
import { graphMessage, modelBytes, nodeMessage, type OnnxType, tensorMessage, valueMessage } from './model';
import type { MessageWriter } from './protobuf';

function rawBytes(data: ArrayLike<number>, type: OnnxType): Uint8Array {
  if (type === 'float32') return new Uint8Array(Float32Array.from(data).buffer);
  if (type === 'int32') return new Uint8Array(Int32Array.from(data).buffer);
  if (type === 'bool') return Uint8Array.from(data);
  return new Uint8Array(BigInt64Array.from(Array.from(data), BigInt).buffer);
}

/** Collects nodes and constants; equal constants are stored once. */
class Collector implements OnnxEmitter {
  readonly nodes: MessageWriter[] = [];
  private readonly names = new Map<Node, string>();
  private readonly constants = new Map<string, string>();

  constructor(readonly initializers: MessageWriter[] = []) {}

  bind(node: Node, name: string): void {
    this.names.set(node, name);
  }

  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>> = {}): string {
    const name = `${op}_${this.nodes.length}`;
    this.append(op, inputs, [name], attributes);
    return name;
  }

  append(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute | MessageWriter>> = {},
  ): void {
    this.nodes.push(nodeMessage({ op, inputs, outputs, attributes }));
  }

  ints(values: readonly number[]): string {
    return this.initializer('int64', [values.length], values);
  }

  scalar(value: number, dtype: DType): string {
    return this.initializer(dtype, [], [value]);
  }

  ones(shape: Shape): string {
    return this.initializer('float32', shape, new Float32Array(sizeOf(shape)).fill(1));
  }

  initializer(type: OnnxType, shape: Shape, values: ArrayLike<number>): string {
    const key = values.length <= 1024 ? `${type}|${shape.join(',')}|${Array.from(values).join(',')}` : undefined;
    const known = key === undefined ? undefined : this.constants.get(key);
    if (known !== undefined) return known;
    const name = `constant_${this.initializers.length}`;
    this.initializers.push(tensorMessage(name, type, shape, rawBytes(values, type)));
    if (key !== undefined) this.constants.set(key, name);
    return name;
  }

  /** Emits what `outputs` need and gives their names. */
  emit(outputs: readonly Node[]): string[] {
    for (const node of reachable(outputs)) {
      if (this.names.has(node)) continue;
      if (is(node, 'constant')) {
        this.names.set(node, this.initializer(node.dtype, node.shape, node.attrs.data));
        continue;
      }
      this.names.set(
        node,
        primitive(node.op).onnx(
          node,
          node.inputs.map((x) => this.names.get(x)!),
          this,
        ),
      );
    }
    return outputs.map((node) => this.names.get(node)!);
  }
}

/** A model with inputs in0, in1, ... and outputs out0, out1, ... */
export function programModel(program: Program): Uint8Array {
  const collector = new Collector();
  program.inputs.forEach((node, i) => {
    collector.bind(node, `in${i}`);
  });
  const outputs = lower(program.outputs);
  collector.emit(outputs).forEach((name, i) => {
    collector.append('Identity', [name], [`out${i}`]);
  });
  return modelBytes(
    graphMessage({
      name: 'program',
      nodes: collector.nodes,
      initializers: collector.initializers,
      inputs: program.inputs.map((node, i) => valueMessage(`in${i}`, node.dtype, node.shape)),
      outputs: outputs.map((node, i) => valueMessage(`out${i}`, node.dtype, node.shape)),
    }),
  );
}

/**
 * A model with inputs steps (int64), state0, ..., step0, ... ([K, ...shape]) and outputs next0, ..., record0, ...
 * ([K, ...shape]). The body reads row `iteration` of each per-step input.
 */
export function loopModel(loop: LoopProgram): Uint8Array {
  const body = new Collector();
  loop.state.forEach(({ input }, i) => {
    body.bind(input, `carried${i}`);
  });
  loop.perStep.forEach((node, i) => {
    body.append('Gather', [`step${i}`, 'iteration'], [`fed${i}`], { axis: 0 });
    body.bind(node, `fed${i}`);
  });
  const outputs = lower([...loop.state.map(({ next }) => next), ...loop.records]);
  const outputNames = outputs.map((_, i) => `result${i}`);
  body.emit(outputs).forEach((name, i) => {
    body.append('Identity', [name], [outputNames[i]!]);
  });
  body.append('Identity', ['going'], ['goOn']);
  const bodyGraph = graphMessage({
    name: 'step',
    nodes: body.nodes,
    initializers: body.initializers,
    inputs: [
      valueMessage('iteration', 'int64', []),
      valueMessage('going', 'bool', []),
      ...loop.state.map(({ input }, i) => valueMessage(`carried${i}`, input.dtype, input.shape)),
    ],
    outputs: [valueMessage('goOn', 'bool', []), ...outputs.map((node, i) => valueMessage(outputNames[i]!, node.dtype, node.shape))],
  });
  const states = loop.state.map((_, i) => `state${i}`);
  const nexts = loop.state.map((_, i) => `next${i}`);
  const records = loop.records.map((_, i) => `record${i}`);
  const main = new Collector();
  const always = main.scalar(1, 'bool');
  main.append('Loop', ['steps', always, ...states], [...nexts, ...records], { body: bodyGraph });
  return modelBytes(
    graphMessage({
      name: 'loop',
      nodes: main.nodes,
      initializers: main.initializers,
      inputs: [
        valueMessage('steps', 'int64', []),
        ...loop.state.map(({ input }, i) => valueMessage(states[i]!, input.dtype, input.shape)),
        ...loop.perStep.map((node, i) => valueMessage(`step${i}`, node.dtype, ['K', ...node.shape])),
      ],
      outputs: [
        ...loop.state.map(({ input }, i) => valueMessage(nexts[i]!, input.dtype, input.shape)),
        ...loop.records.map((node, i) => valueMessage(records[i]!, node.dtype, ['K', ...node.shape])),
      ],
    }),
  );
}
