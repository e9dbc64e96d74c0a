/** Runs one step of all particles again and again, in blocks that stay in the processor's cache. */

import type { CompiledLoop, Executor } from '../executors/executor';
import { type Graph, type Node, sizeOf } from '../graph/graph';
import { cast, less, sub, sum, unary } from '../graph/ops';
import { createGraph } from '../graph/table';
import { NormalStream } from '../shared/normalStream';
import { Random } from '../shared/random';
import { divergence } from './divergence';

export interface Carried {
  readonly input: Node<'input'>;
  readonly next: Node;
}

/** A sampler's step for a block of particles. */
export interface BlockStep {
  /** State with a leading axis of particles, [rows, ...]; the first is the positions, which must stay finite. */
  readonly rows: readonly Carried[];
  /** State of the block as a whole, such as step sizes. */
  readonly block: readonly Carried[];
  /** Inputs filled with standard normals in every step. */
  readonly normals: readonly Node<'input'>[];
  /** Inputs filled with uniforms on (0, 1] in every step. */
  readonly uniforms: readonly Node<'input'>[];
  /** What a step is told by `run`'s schedule, [width]. */
  readonly schedule: Node<'input'> | undefined;
  /** Scalars that are added over blocks, and handed back for every step. */
  readonly sums: readonly Node[];
  /** Positions to hand back for every step, [kept, width]. */
  readonly draws: Node | undefined;
}

/** @param rows particles of the block @param kept how many of them draws are wanted of */
export type BuildStep = (graph: Graph, rows: number, kept: number) => BlockStep;

/** Initial values of the states, given the block's first particle and their number. */
export type InitialState = (first: number, rows: number) => Promise<Float32Array[]>;

export interface BlockRecords {
  /** One array a sum, [steps]. */
  readonly sums: Float64Array[];
  /** One array a block, [steps, kept, width]; empty where no draws are asked for. */
  readonly draws: Float32Array[];
}

interface Block {
  readonly rows: number;
  readonly kept: number;
  readonly step: BlockStep;
  readonly loop: CompiledLoop;
  readonly normals: NormalStream;
  readonly uniforms: Random;
  state: Float32Array[];
}

/** Particles a block; 4096 rows of 40 mixture components are 640 kB. */
const rowsPerBlock = 4096;
/** Numbers fed into all blocks by one call of the executor. */
const feedBudget = 1 << 21;

/** Shares n out over blocks of nearly equal size: at most two sizes, so that at most two programs are compiled. */
function blockSizes(n: number, largest: number): number[] {
  const count = Math.ceil(n / largest);
  return Array.from({ length: count }, (_, i) => Math.floor((n * (i + 1)) / count) - Math.floor((n * i) / count));
}

/** Owns compiled loops: whoever creates one disposes it. Each block has random streams of its own. */
export class BlockedLoop {
  private constructor(
    readonly particles: number,
    private readonly blocks: readonly Block[],
    private readonly compiled: readonly CompiledLoop[],
  ) {}

  /**
   * @param n particles
   * @param chains how many of them draws are kept of, spread over the blocks
   * @param width rows of work a particle stands for, for example its number of temperatures
   * @param stream label of the random numbers: loops of one run have different ones
   */
  static async create(
    executor: Executor,
    options: { readonly n: number; readonly seed: number; readonly chains?: number; readonly width?: number; readonly stream?: string },
    build: BuildStep,
    initial: InitialState,
  ): Promise<BlockedLoop> {
    const { n, seed, chains = 0, width = 1, stream = 'sampler' } = options;
    const random = new Random(seed).split(stream);
    const programs = new Map<string, { step: BlockStep; loop: CompiledLoop }>();
    const blocks: Block[] = [];
    const sizes = blockSizes(n, Math.max(1, Math.floor(rowsPerBlock / width)));
    let [first, given] = [0, 0];
    try {
      for (const [i, rows] of sizes.entries()) {
        const kept = Math.min(rows, Math.floor((Math.min(chains, n) * (first + rows)) / n) - given);
        const key = `${String(rows)},${String(kept)}`;
        const program = programs.get(key) ?? (await compile(executor, build, rows, kept));
        programs.set(key, program);
        const own = random.split(`block ${String(i)}`);
        blocks.push({
          rows,
          kept,
          ...program,
          normals: new NormalStream(own.split('normals')),
          uniforms: own.split('uniforms'),
          state: await initial(first, rows),
        });
        first += rows;
        given += kept;
      }
    } catch (error) {
      for (const { loop } of programs.values()) await loop.dispose();
      throw error;
    }
    return new BlockedLoop(
      n,
      blocks,
      [...programs.values()].map(({ loop }) => loop),
    );
  }

  /**
   * @param step number of the first step, for messages and the schedule
   * @param schedule fills what a step is told
   * @throws SamplerError ('diverged'); the state is then that of before the bad step
   */
  async run(step: number, steps: number, schedule: (step: number, out: Float32Array) => void = () => undefined): Promise<BlockRecords> {
    const sums = (this.blocks[0]?.step.sums ?? []).map(() => new Float64Array(steps));
    const draws = this.blocks.map(({ step: { draws: node } }) => new Float32Array(node ? steps * sizeOf(node.shape) : 0));
    const largest = Math.max(1, Math.floor(feedBudget / Math.max(1, this.feedSize())));
    for (let done = 0; done < steps;) {
      const count = Math.min(largest, steps - done);
      const bad = await this.chunk(step + done, count, schedule, (b, records) => {
        sums.forEach((total, j) => {
          records[j + 1]?.forEach((value, k) => (total[done + k] = (total[done + k] ?? 0) + value));
        });
        const kept = records[sums.length + 1];
        if (kept) draws[b]?.set(kept, (done * kept.length) / count);
      });
      if (bad !== undefined) throw divergence(bad.step, bad.particles, this.particles);
      done += count;
    }
    return { sums, draws };
  }

  private feedSize(): number {
    return this.blocks.reduce(
      (total, { step }) => [...step.normals, ...step.uniforms].reduce((n, node) => n + sizeOf(node.shape), total),
      0,
    );
  }

  /** Runs `count` steps of every block; gives the first bad step and rewinds to it where there is one. */
  private async chunk(
    step: number,
    count: number,
    schedule: (step: number, out: Float32Array) => void,
    take: (block: number, records: Float32Array[]) => void,
  ): Promise<{ step: number; particles: number } | undefined> {
    const before = this.blocks.map(({ state }) => state);
    const fed = this.blocks.map((block) => feed(block, step, count, schedule));
    let bad: { at: number; particles: number } | undefined;
    for (const [b, block] of this.blocks.entries()) {
      const { state, records } = await block.loop.run(count, block.state, fed[b] ?? []);
      block.state = state;
      const at = records[0]?.findIndex((value) => value !== 0) ?? -1;
      if (at >= 0 && (!bad || at < bad.at)) bad = { at, particles: 0 };
      if (at === bad?.at) bad.particles += records[0]?.[at] ?? 0;
      take(b, records);
    }
    if (!bad) return undefined;
    for (const [b, block] of this.blocks.entries()) {
      block.state = before[b] ?? [];
      if (bad.at > 0) block.state = (await block.loop.run(bad.at, block.state, fed[b] ?? [])).state;
    }
    return { step: step + bad.at, particles: bad.particles };
  }

  /** The i-th state of all particles, [n, ...], copied. */
  rows(i: number): Float32Array {
    const parts = this.blocks.map(({ state }) => state[i] ?? new Float32Array());
    const all = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** Replaces the i-th state of all particles, [n, ...]. */
  setRows(i: number, values: Float32Array): void {
    const width = values.length / this.particles;
    let first = 0;
    for (const block of this.blocks) {
      const part = values.slice(first * width, (first + block.rows) * width);
      block.state = block.state.map((old, j) => (j === i ? part : old));
      first += block.rows;
    }
  }

  /** Draws kept in each step of all blocks together. */
  get kept(): number {
    return this.blocks.reduce((total, { kept }) => total + kept, 0);
  }

  async dispose(): Promise<void> {
    for (const loop of this.compiled) await loop.dispose();
  }
}

async function compile(executor: Executor, build: BuildStep, rows: number, kept: number): Promise<{ step: BlockStep; loop: CompiledLoop }> {
  const step = build(createGraph(), rows, kept);
  const loop = await executor.compileLoop({
    state: [...step.rows, ...step.block],
    perStep: [...step.normals, ...step.uniforms, ...(step.schedule ? [step.schedule] : [])],
    records: [notFinite(step.rows[0]?.next, rows), ...step.sums, ...(step.draws ? [step.draws] : [])],
  });
  return { step, loop };
}

/** How many particles of [rows, ...] are not numbers of ordinary size: comparisons with NaN are false. */
function notFinite(positions: Node | undefined, rows: number): Node {
  if (!positions) throw new RangeError('a step has positions');
  const axes = positions.shape.slice(1).map((_, i) => i + 1);
  const wrong = sub(1, cast(less(unary('abs', positions), 1e30), 'float32'));
  return sub(rows, sum(cast(less(sum(wrong, axes), 0.5), 'float32')));
}

/** What the per-step inputs of a block are in `count` steps, in the order of `compile`. */
function feed(
  { step, normals, uniforms }: Block,
  first: number,
  count: number,
  schedule: (step: number, out: Float32Array) => void,
): Float32Array[] {
  const arrays = [...step.normals, ...step.uniforms, ...(step.schedule ? [step.schedule] : [])].map(
    (node) => new Float32Array(count * sizeOf(node.shape)),
  );
  for (let k = 0; k < count; k++) {
    arrays.forEach((array, i) => {
      const width = array.length / count;
      const part = array.subarray(k * width, (k + 1) * width);
      if (i < step.normals.length) normals.fill(part);
      else if (i < step.normals.length + step.uniforms.length) fillPositive(uniforms, part);
      else schedule(first + k, part);
    });
  }
  return arrays;
}

/** Uniforms on (0, 1]: their logarithm is finite. */
function fillPositive(random: Random, out: Float32Array): void {
  random.fillUniform(out);
  for (let i = 0; i < out.length; i++) out[i] = 1 - (out[i] ?? 0);
}
