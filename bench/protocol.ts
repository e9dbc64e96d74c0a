/** What the benchmark and its workers say to each other: one JSON object a line, an answer for each request. */

/** Makes the problem of a size ready, takes its first steps from the given numbers and reports them. */
export interface PrepareRequest {
  readonly do: 'prepare';
  readonly layers: readonly number[];
  readonly batch: number;
  readonly learningRate: number;
  /** Float32 numbers in base64, little-endian. */
  readonly params: string;
  readonly x: string;
  /** Steps to report. */
  readonly steps: number;
}

/** Takes steps from the initial numbers on: every slice does the same work. */
export interface RunRequest {
  readonly do: 'run';
  readonly steps: number;
}

/** Frees the problem at hand. */
export interface ReleaseRequest {
  readonly do: 'release';
}

/** Asks for the memory of a worker of ours, after a garbage collection where it was started with --expose-gc. */
export interface MemoryRequest {
  readonly do: 'memory';
}

export type Request = PrepareRequest | RunRequest | ReleaseRequest | MemoryRequest;

/** A worker's first line. */
export interface Hello {
  /** Library, version, device: printed once. */
  readonly detail: string;
  /** A WebGPU device that is no GPU. */
  readonly software?: boolean;
}

export interface Prepared {
  readonly losses: readonly number[];
  readonly gradientNorms: readonly number[];
}

export interface RunAnswer {
  readonly seconds: number;
  /** Processor time of all threads in these seconds. */
  readonly cpuSeconds: number;
  /** Processor time, and wall time, since the answer before: a worker that waits should use none. */
  readonly idleCpuSeconds: number;
  readonly idleSeconds: number;
}

export interface MemoryAnswer {
  readonly residentBytes: number;
  /** The most that was ever resident. */
  readonly peakBytes: number;
}

/** Instead of an answer. */
export interface Refusal {
  readonly error: string;
  /** As in ExecutorError; absent means that this machine does not have it. */
  readonly reason?: string;
}

/** Float32 numbers as text. */
export function encodeFloats(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

/** The inverse of `encodeFloats`. */
export function decodeFloats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
