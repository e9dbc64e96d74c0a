import type { SourcePosition } from '../graph/graph';
import { visibleLine } from './visible';

/** What a failed command says and with which status it ends. */
export interface Failure {
  readonly status: 1 | 2;
  /** One line. */
  readonly message: string;
}

/** Errors that the user can mend, by the names of their classes: recognised without loading the modules that define them. */
const badInput = new Set(['UsageError', 'EnergyFileError', 'DataError', 'RunError', 'ExecutorError', 'SampleError']);
const failedRun = new Set(['DivergedError']);

function place(position: SourcePosition | undefined): string {
  return position ? `${visibleLine(position.file)}:${position.line}:${position.column}: ` : '';
}

/** The one line and the exit status for whatever a command threw. Control characters cannot reach the terminal. */
export function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const line = visibleLine(message.split('\n')[0]!);
  const position = (error as { position?: SourcePosition }).position;
  if (badInput.has(name)) return { status: 2, message: `${place(position)}${line}` };
  // A sampler fails in two ways: asked for what cannot be, or run away.
  if (name === 'SamplerError') return { status: (error as { reason?: string }).reason === 'diverged' ? 1 : 2, message: line };
  if (failedRun.has(name)) return { status: 1, message: line };
  return { status: 1, message: `internal error: ${line} (set UNBLIND_DEBUG=1 to see where)` };
}
