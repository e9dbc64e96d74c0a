import type { RunEnd } from '../shared/protocol';

/** What V8, C++, the C library and ONNX Runtime say where memory is refused. */
const refused = /out of memory|Array buffer allocation failed|bad_alloc|(cannot|failed to) allocate memory|ENOMEM/i;

/** How a run ends whose process got no more memory, by what was said of it; undefined where that was something else. */
export function endOfMemory(text: string): RunEnd | undefined {
  if (!refused.test(text)) return undefined;
  return { kind: 'out-of-memory', message: 'The engine ran out of memory: use a smaller batch, a smaller model or fewer data rows.' };
}
