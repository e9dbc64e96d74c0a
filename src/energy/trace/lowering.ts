/** How one tfjs kernel becomes nodes: the type of the records in the tables of this folder. */

import type { DType, Graph, Node } from '../../graph/graph';
import { cast } from '../../graph/ops';

/** One call of a kernel while tracing. */
export class KernelCall {
  /**
   * @param graph where the nodes go
   * @param inputs nodes by the kernel's names of its inputs
   * @param attrs the kernel's attributes
   */
  constructor(
    readonly graph: Graph,
    private readonly inputs: ReadonlyMap<string, Node>,
    private readonly attrs: Readonly<Record<string, unknown>>,
    /** Refuses the call, with a sentence that says why and what to do instead. */
    readonly refuse: (message: string) => never,
  ) {}

  /** An input that every call has. */
  input(name: string): Node {
    return this.inputs.get(name) ?? this.refuse(`The operation has no input "${name}".`);
  }

  /** An input that a call may lack. */
  optional(name: string): Node | undefined {
    return this.inputs.get(name);
  }

  /** All inputs in order, for kernels that take a list. */
  list(): Node[] {
    return [...this.inputs.values()];
  }

  /** An attribute as tfjs gave it. */
  attr(name: string): unknown {
    return this.attrs[name];
  }

  /** A number, or `fallback` where the attribute is absent. */
  number(name: string, fallback: number): number {
    const value = this.attrs[name];
    return typeof value === 'number' ? value : fallback;
  }

  /** A list of numbers; one number is a list of one; undefined where the attribute is absent. */
  numbers(name: string): number[] | undefined {
    const value = this.attrs[name];
    if (typeof value === 'number') return [value];
    return Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<number>) : undefined;
  }

  flag(name: string): boolean {
    return this.attrs[name] === true;
  }

  text(name: string): string {
    return String(this.attrs[name]);
  }
}

/** Emits the nodes of one call; one node for each output of the kernel. */
export type Lowering = (call: KernelCall) => Node | readonly Node[];

/** Lowerings by the name of the kernel. */
export type Lowerings = Readonly<Record<string, Lowering>>;

/** Booleans as numbers, for arithmetic. */
export function numeric(x: Node): Node {
  return x.dtype === 'bool' ? cast(x, 'int32') : x;
}

/** As float32. */
export function float(x: Node): Node {
  return as(x, 'float32');
}

/** As the dtype; the node itself where it has it. */
export function as(x: Node, dtype: DType): Node {
  return x.dtype === dtype ? x : cast(x, dtype);
}
