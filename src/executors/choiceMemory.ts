import { availableParallelism, cpus } from 'node:os';
import { version } from '../shared/version';
import type { ExecutorId, LoopProgram } from './executor';
import { costFingerprint } from './fingerprint';

/** What `auto` found out about one candidate. */
export interface Candidate {
  /** The executor's id, and its threads where they make a difference. */
  readonly name: string;
  /** Steps per second of the loop at hand; undefined where refused. */
  readonly stepsPerSecond: number | undefined;
  readonly refusal: string | undefined;
}

/** A choice of `auto` with the figures behind it. */
export interface RememberedChoice {
  readonly id: ExecutorId;
  readonly threads: number;
  readonly candidates: readonly Candidate[];
  /** When it was measured, ISO 8601. */
  readonly measuredAt: string;
}

/** Keeps choices of `auto`, so that the second fit of a program does not measure again. */
export interface ChoiceMemory {
  /** The choice under a key; undefined where there is none, or it is too old to be trusted. */
  recall(key: string): RememberedChoice | undefined;
  keep(key: string, choice: RememberedChoice): void;
}

/** What the speed of a loop depends on: the program, this machine, and the versions of what runs it. */
export function choiceKey(loop: LoopProgram, threads: number | undefined): string {
  const machine = [process.platform, process.arch, cpus()[0]?.model ?? '', availableParallelism(), process.version, version];
  return [costFingerprint(loop), threads ?? 'any', ...machine].join('|');
}
