import type { Escape } from './escape';

/** Code made from a text that writes; put wherever a function can be made from text. */
const write = `'process.getBuiltinModule("fs").writeFileSync(' + JSON.stringify(proof) + ', "x")'`;

/** Ways to an object of the process: functions from text, prototypes, frames of stacks, errors of the engine below. */
export const chains: readonly Escape[] = [
  { name: 'function-constructor', effect: 'write', code: `quietly(() => Function(${write})());` },
  { name: 'eval', effect: 'write', code: `quietly(() => (0, eval)(${write}));` },
  { name: 'object-constructor', effect: 'write', code: `quietly(() => ({}).constructor.constructor(${write})());` },
  { name: 'global-constructor', effect: 'write', code: `quietly(() => globalThis.constructor.constructor(${write})());` },
  { name: 'provided-constructor', effect: 'write', code: `quietly(() => defineEnergy.constructor(${write})());` },
  { name: 'async-constructor', effect: 'write', code: `quietly(() => (async () => {}).constructor(${write})());` },
  { name: 'generator-constructor', effect: 'write', code: `quietly(() => (function* () {}).constructor(${write})().next());` },
  {
    name: 'error-constructor',
    effect: 'write',
    code: `quietly(() => { try { null.nothing; } catch (error) { error.constructor.constructor(${write})(); } });`,
  },
  {
    name: 'overflow-error',
    effect: 'write',
    code: `const deep = () => deep(); quietly(() => { try { deep(); } catch (error) { error.constructor.constructor(${write})(); } });`,
  },
  {
    name: 'import-error',
    effect: 'write',
    code: `const absent = './ab' + 'sent.js'; import(absent).catch((error) => error.constructor.constructor(${write})()).catch(() => {});`,
  },
  {
    name: 'stack-frames',
    effect: 'write',
    code: `Error.prepareStackTrace = (_, frames) => frames;
quietly(() => { for (const frame of new Error().stack) frame.constructor.constructor(${write})(); });
Error.prepareStackTrace = undefined;`,
  },
  {
    name: 'stack-callers',
    effect: 'write',
    control: false,
    code: `Error.prepareStackTrace = (_, frames) => frames;
quietly(() => { for (const frame of new Error().stack) {
  const from = frame.getFunction?.() ?? frame.getThis?.();
  for (const one of [from, from?.arguments?.[1], from?.caller?.arguments?.[1]]) one?.('fs').writeFileSync(proof, 'x'); } });
Error.prepareStackTrace = undefined;`,
  },
  {
    name: 'proxy-trap',
    effect: 'write',
    code: `quietly(() => { new Proxy({}, { get: (_, key, proxy) => proxy.constructor }); Reflect.construct(Function, [${write}])(); });`,
  },
  {
    name: 'json-stringify',
    effect: 'write',
    code: `const stringify = JSON.stringify;
JSON.stringify = function (...args) { try { args.at(-1).constructor.constructor(${write.replaceAll('JSON.stringify', 'stringify')})(); } catch {} return stringify(...args); };
quietly(() => JSON.stringify(leak));`,
  },
  {
    name: 'web-assembly',
    effect: 'write',
    control: false,
    code: `quietly(() => WebAssembly.compileStreaming(1).catch((error) => error.constructor.constructor(${write})()));`,
  },
];
