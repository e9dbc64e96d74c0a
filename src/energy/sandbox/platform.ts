/**
 * What tfjs expects of its surroundings, in a context that has nothing but JavaScript itself.
 * Imported before tfjs.
 */

// tfjs looks for the global object under one of its old names.
Object.defineProperty(globalThis, 'self', { value: globalThis, configurable: true, writable: true });

/** Lines that the file printed. */
export const printed: string[] = [];

const mostLines = 1000;
const longestLine = 2000;

function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return value instanceof Error ? `${value.name}: ${value.message}` : JSON.stringify(value);
  } catch {
    return 'an object';
  }
}

function print(...values: unknown[]): void {
  if (printed.length < mostLines) printed.push(values.map(text).join(' ').slice(0, longestLine));
}

const silent = (): void => undefined;

Object.defineProperty(globalThis, 'console', {
  value: {
    log: print,
    info: print,
    warn: print,
    error: print,
    debug: print,
    trace: print,
    table: print,
    dir: print,
    assert: silent,
    time: silent,
    timeEnd: silent,
    group: silent,
    groupEnd: silent,
  },
  configurable: true,
  writable: true,
});
