import { hugeBytes, type Escape } from './escape';

/** Time and memory without end. */
export const resources: readonly Escape[] = [
  { name: 'loop', effect: 'spin', code: `for (;;);` },
  { name: 'loop-in-promise', effect: 'spin', code: `const again = () => Promise.resolve().then(again); again();` },
  {
    name: 'loop-in-getter',
    effect: 'spin',
    control: false,
    code: `Object.defineProperty(Object.prototype, 'kind', { get() { for (;;); } }); leak({}.kind);`,
  },
  {
    name: 'loop-in-answer',
    effect: 'spin',
    control: false,
    code: `JSON.stringify = () => { for (;;); }; leak(JSON.stringify(1));`,
  },
  { name: 'loop-uncatchable', effect: 'spin', control: false, code: `const on = () => { try { for (;;); } finally { on(); } }; on();` },
  { name: 'regular-expression', effect: 'spin', code: `/^(a+)+$/.test('a'.repeat(60) + 'b');` },
  {
    name: 'shared-memory',
    effect: 'spin',
    code: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
  },
  {
    name: 'shared-spin',
    effect: 'spin',
    control: false,
    code: `const flag = new Int32Array(new SharedArrayBuffer(4)); while (Atomics.load(flag, 0) === 0);`,
  },
  { name: 'recursion', effect: 'spin', control: false, code: `const deep = (n) => deep(n + 1) + 1; deep(0);` },
  { name: 'recursion-caught', effect: 'spin', control: false, code: `const deep = () => { try { deep(); } finally { deep(); } }; deep();` },
  {
    name: 'heap',
    effect: 'memory',
    control: false,
    code: `const all = []; for (;;) all.push({ a: all.length, b: [all.length] });`,
  },
  {
    name: 'typed-arrays',
    effect: 'memory',
    code: `const kept = []; for (let bytes = 0; bytes < ${hugeBytes}; bytes += 2 ** 27) kept.push(new Uint8Array(2 ** 27).fill(1));
leak('took ' + kept.length * 2 ** 27); for (const end = Date.now() + 400; Date.now() < end;);`,
  },
  {
    name: 'shared-buffer',
    effect: 'memory',
    code: `const all = new Uint8Array(new SharedArrayBuffer(${hugeBytes})).fill(1); leak('took ' + all.length); for (const end = Date.now() + 400; Date.now() < end;);`,
  },
  {
    name: 'web-assembly-memory',
    effect: 'memory',
    code: `const all = new Uint8Array(new WebAssembly.Memory({ initial: ${hugeBytes / 65536} }).buffer).fill(1); leak('took ' + all.length); for (const end = Date.now() + 400; Date.now() < end;);`,
  },
];
