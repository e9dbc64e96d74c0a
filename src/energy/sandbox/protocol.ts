/** What the parent and the sandbox process, and the process and the context in it, say to each other. */

/** Name under which the user's bundle runs; positions in stacks are found by it. */
export const bundleName = 'unblind-energy-file.js';

/** The global through which the bundle and the process reach the prelude. */
export const preludeGlobal = 'unblindSandbox';

/** Names that the module `unblind` exports; the bundler checks imports against them. */
export const unblindExports = ['activations', 'data', 'defineEnergy', 'defineScore', 'mixing', 'mlp', 'scoreMlp'] as const;

/** What is asked of the context. */
export interface RunOptions {
  readonly seed: number;
  /** Name of the only energy to trace; all where absent. */
  readonly energy?: string;
  readonly samples?: number;
}

/** Parent to process. */
export interface RunRequest {
  readonly kind: 'run';
  /** A bundle whose value is left in the variable `unblindExports`. */
  readonly code: string;
  readonly options: RunOptions;
  readonly timeoutMs: number;
}

/** Process to parent. */
export type RunReply =
  | { readonly kind: 'ready' }
  /** The answer of the context, as JSON. */
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'broken'; readonly message: string };

/** Whether a message is a request. */
export function isRunRequest(message: unknown): message is RunRequest {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, code, options, timeoutMs } = message as Partial<Record<keyof RunRequest, unknown>>;
  return kind === 'run' && typeof code === 'string' && typeof options === 'object' && options !== null && typeof timeoutMs === 'number';
}

/** Whether a message is a reply. */
export function isRunReply(message: unknown): message is RunReply {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, text, message: line } = message as { readonly kind?: unknown; readonly text?: unknown; readonly message?: unknown };
  return (
    kind === 'ready' ||
    kind === 'timeout' ||
    (kind === 'answer' && typeof text === 'string') ||
    (kind === 'broken' && typeof line === 'string')
  );
}
