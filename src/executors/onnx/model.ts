/** ONNX messages (onnx.proto3, IR version 9, opset 18) as functions. Field numbers are those of the standard. */

import type { DType, Shape } from '../../graph/graph';
import type { OnnxAttribute } from '../../graph/primitive';
import { MessageWriter } from './protobuf';

export type OnnxType = DType | 'int64';
const typeCode: { readonly [T in OnnxType]: number } = { float32: 1, int32: 6, int64: 7, bool: 9 };

const attributeType = { float: 1, integer: 2, string: 3, graph: 5, integers: 7 } as const;

function attribute(name: string, value: OnnxAttribute | MessageWriter): MessageWriter {
  const message = new MessageWriter().string(1, name);
  if (value instanceof MessageWriter) return message.message(6, value).integer(20, attributeType.graph);
  if (typeof value === 'number') return message.integer(3, value).integer(20, attributeType.integer);
  if (typeof value === 'string') return message.string(4, value).integer(20, attributeType.string);
  if ('float' in value) return message.float(2, value.float).integer(20, attributeType.float);
  for (const v of value) message.integer(8, v);
  return message.integer(20, attributeType.integers);
}

export interface NodeDescription {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute | MessageWriter>>;
}

export function nodeMessage({ op, inputs, outputs, attributes }: NodeDescription): MessageWriter {
  const message = new MessageWriter();
  for (const name of inputs) message.string(1, name);
  for (const name of outputs) message.string(2, name);
  message.string(4, op);
  for (const [name, value] of Object.entries(attributes ?? {})) message.message(5, attribute(name, value));
  return message;
}

/** A tensor with its little-endian bytes. */
export function tensorMessage(name: string, type: OnnxType, shape: Shape, raw: Uint8Array): MessageWriter {
  const message = new MessageWriter();
  for (const d of shape) message.integer(1, d);
  return message.integer(2, typeCode[type]).string(8, name).bytes(9, raw);
}

/** An input or output. A size given as a string is a free dimension of that name. */
export function valueMessage(name: string, type: OnnxType, shape: readonly (number | string)[]): MessageWriter {
  const dims = new MessageWriter();
  for (const d of shape) {
    dims.message(1, typeof d === 'number' ? new MessageWriter().integer(1, d) : new MessageWriter().string(2, d));
  }
  const tensor = new MessageWriter().integer(1, typeCode[type]).message(2, dims);
  return new MessageWriter().string(1, name).message(2, new MessageWriter().message(1, tensor));
}

export interface GraphDescription {
  readonly name: string;
  readonly nodes: readonly MessageWriter[];
  readonly initializers: readonly MessageWriter[];
  readonly inputs: readonly MessageWriter[];
  readonly outputs: readonly MessageWriter[];
}

export function graphMessage({ name, nodes, initializers, inputs, outputs }: GraphDescription): MessageWriter {
  const message = new MessageWriter();
  for (const node of nodes) message.message(1, node);
  message.string(2, name);
  for (const tensor of initializers) message.message(5, tensor);
  for (const value of inputs) message.message(11, value);
  for (const value of outputs) message.message(12, value);
  return message;
}

const irVersion = 9;
const opset = 18;

/** A whole model, ready for a runtime. */
export function modelBytes(graph: MessageWriter): Uint8Array {
  return new MessageWriter()
    .integer(1, irVersion)
    .string(2, 'unblind')
    .message(7, graph)
    .message(8, new MessageWriter().string(1, '').integer(2, opset))
    .finish();
}
