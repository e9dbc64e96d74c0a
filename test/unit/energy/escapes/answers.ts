import type { Escape } from './escape';

/** A definition of no fixed form, as JSON. */
const forged = (energy: string): string => `JSON.stringify = () => '{"kind":"traced","log":[],"warnings":[],"energies":[${energy}]}';`;

const nested = `'['.repeat(200000) + ']'.repeat(200000)`;

/** Answers that want to be more than data to who reads them. */
export const answers: readonly Escape[] = [
  { name: 'prototype', effect: 'pollute', code: `Object.prototype.polluted = 'yes'; Array.prototype.polluted = 'yes';` },
  {
    name: 'parameter-prototype',
    effect: 'pollute',
    control: false,
    definition: `dim: 1, params: (init) => JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'), energy: (x) => x.sum(1)`,
  },
  {
    name: 'parameter-name',
    effect: 'pollute',
    control: false,
    definition: `dim: 1, params: (init) => Object.fromEntries([['__proto__', init.zeros([1])]]), energy: (x, p) => x.sum(1)`,
  },
  {
    name: 'answer-prototype',
    effect: 'pollute',
    control: false,
    code: forged(`{"__proto__":{"polluted":1},"dim":1,"params":[],"data":{"kind":"gaussianMixture","__proto__":{"polluted":1}}}`),
  },
  {
    name: 'export-name',
    effect: 'write',
    control: false,
    code: `const other = defineEnergy({ dim: 1, energy: (x) => x.sum(1) });
export { other as '../../../outside/proofs/export-name' };`,
  },
  {
    name: 'answer-accessor',
    effect: 'write',
    control: false,
    code: `JSON.stringify = () => ({ toString() { return '{}'; }, get text() { return this.constructor.constructor('return process')(); } });`,
  },
  {
    name: 'answer-nested',
    effect: 'spin',
    control: false,
    code: `const deep = ${nested}; JSON.stringify = () => '{"kind":"traced","log":' + deep + '}';`,
  },
  {
    name: 'answer-nested-data',
    effect: 'spin',
    control: false,
    code: `const deep = ${nested}; const stringify = JSON.stringify;
JSON.stringify = (...args) => stringify(...args).replace('"data":null', '"data":{"kind":"file","format":"csv","path":' + deep + '}');`,
  },
  { name: 'answer-long', effect: 'memory', control: false, code: `JSON.stringify = () => '[' + '0,'.repeat(2 ** 27) + '0]';` },
  { name: 'answer-parts', effect: 'memory', control: false, code: `JSON.stringify = () => '[' + '[],'.repeat(2 ** 23) + '0]';` },
  {
    name: 'message-lines',
    effect: 'write',
    control: false,
    code: `throw new Error('\\u001b]0;title\\u0007first\\r\\nsecond\\u2028third\\u009b2J');`,
  },
];
