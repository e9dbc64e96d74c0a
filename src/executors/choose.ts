/** Chooses the executor of a fit. */

import { type Candidate, choiceKey, type ChoiceMemory, type RememberedChoice } from './choiceMemory';
import { type CompiledLoop, type Executor, ExecutorError, type ExecutorId, type LoopProgram } from './executor';
import { defaultThreads, openExecutor } from './open';
import { type LoopInputs, stepsPerSecond } from './trial';

export type ExecutorChoice = 'auto' | ExecutorId;

/** An executor with the loop at hand compiled. */
interface Opened {
  readonly executor: Executor;
  readonly loop: CompiledLoop;
}

export interface Chosen extends Opened {
  /** Empty where the user named the executor. */
  readonly candidates: readonly Candidate[];
  /** When the candidates were measured, where that was for an earlier fit of the same program. */
  readonly measuredAt: string | undefined;
}

/** What a choice may depend on. */
export interface ChoiceOptions {
  /** Threads of CPU executors; where absent `auto` may choose. */
  readonly threads?: number;
  /** Choices of earlier fits; without it `auto` measures each time. */
  readonly memory?: ChoiceMemory;
}

/** An executor as `auto` tries it: ONNX Runtime with all threads and with one, which wins where other programs are busy. */
interface Trial {
  readonly id: ExecutorId;
  readonly threads: number;
}

/** A step of a few hundred nodes takes a GPU at least so long, because each node is a dispatch. Own choice after measurements. */
const leastGpuMilliseconds = 2;

/**
 * Executors without native code: tried where all before them are refused. On every size that was measured WebAssembly takes at
 * least five times as long as ONNX Runtime, and measuring that would delay the first step by more than all other trials.
 */
const lastResorts: readonly ExecutorId[] = ['tfjs-wasm', 'tfjs-cpu'];

/** Executors of a GPU, where there is one; software WebGPU is left to those who ask for it by name. */
async function gpuExecutors(): Promise<ExecutorId[]> {
  const { webgpuAdapter } = await import('./adapter');
  const adapter = await webgpuAdapter();
  return adapter && !adapter.software ? ['onnx-webgpu', 'tfjs-webgpu'] : [];
}

function trialName({ id, threads }: Trial): string {
  return id === 'onnx' ? `onnx (${threads} thread${threads === 1 ? '' : 's'})` : id;
}

async function open({ id, threads }: Trial, program: LoopProgram): Promise<Opened> {
  const { executor } = await openExecutor(id, { threads });
  try {
    return { executor, loop: await executor.compileLoop(program) };
  } catch (error) {
    await executor.dispose();
    throw error;
  }
}

async function close({ executor, loop }: Opened): Promise<void> {
  await loop.dispose();
  await executor.dispose();
}

type Best = Opened & { readonly trial: Trial; readonly rate: number };

/** One choice by measurement; used once. */
class Contest {
  readonly candidates: Candidate[] = [];
  best: Best | undefined;

  constructor(
    private readonly program: LoopProgram,
    private readonly inputs: LoopInputs,
  ) {}

  /** Measures a candidate, and keeps it open if it is the fastest so far. */
  async enter(trial: Trial): Promise<void> {
    const name = trialName(trial);
    let opened: Opened | undefined;
    try {
      opened = await open(trial, this.program);
      const rate = await stepsPerSecond(opened.loop, this.inputs);
      this.candidates.push({ name, stepsPerSecond: rate, refusal: undefined });
      const loser = this.best && this.best.rate >= rate ? opened : this.best;
      if (loser !== opened) this.best = { ...opened, trial, rate };
      if (loser) await close(loser);
    } catch (error) {
      if (opened) await close(opened);
      if (!(error instanceof ExecutorError)) throw error;
      this.candidates.push({ name, stepsPerSecond: undefined, refusal: error.message });
    }
  }
}

async function measured(program: LoopProgram, inputs: LoopInputs, wanted: number | undefined): Promise<Best & Pick<Chosen, 'candidates'>> {
  const contest = new Contest(program, inputs);
  const threads = wanted ?? defaultThreads();
  await contest.enter({ id: 'onnx', threads });
  if (wanted === undefined && threads > 1 && contest.best) await contest.enter({ id: 'onnx', threads: 1 });
  if (!contest.best || 1000 / contest.best.rate > leastGpuMilliseconds)
    for (const id of await gpuExecutors()) await contest.enter({ id, threads });
  for (const id of lastResorts) if (!contest.best) await contest.enter({ id, threads });
  const { best, candidates } = contest;
  if (!best) throw new ExecutorError('onnx', 'absent', `no executor works here: ${candidates.map((c) => c.refusal).join('; ')}`);
  return { ...best, candidates };
}

async function remembered(program: LoopProgram, known: RememberedChoice | undefined): Promise<Chosen | undefined> {
  if (!known) return undefined;
  try {
    return { ...(await open(known, program)), candidates: known.candidates, measuredAt: known.measuredAt };
  } catch (error) {
    // What was there then is gone: measured anew.
    if (error instanceof ExecutorError) return undefined;
    throw error;
  }
}

/**
 * The executor that the user named, or the fastest on the loop at hand: by measurement, or as measured for an earlier fit of
 * the same program. The choice is made before the first step and holds for the whole run.
 * Throws ExecutorError where the named one cannot be had; `auto` fails only if every candidate does.
 */
export async function chooseExecutor(
  choice: ExecutorChoice,
  program: LoopProgram,
  inputs: LoopInputs,
  { threads, memory }: ChoiceOptions = {},
): Promise<Chosen> {
  if (choice !== 'auto') {
    const opened = await open({ id: choice, threads: threads ?? defaultThreads() }, program);
    return { ...opened, candidates: [], measuredAt: undefined };
  }
  const key = memory && choiceKey(program, threads);
  const known = key === undefined ? undefined : await remembered(program, memory?.recall(key));
  if (known) return known;
  const { executor, loop, candidates, trial } = await measured(program, inputs, threads);
  if (key !== undefined) memory?.keep(key, { ...trial, candidates, measuredAt: new Date().toISOString() });
  return { executor, loop, candidates, measuredAt: undefined };
}
