/** Mistakes in a file as a whole: imports, exports, exceptions. */

import { energyOf, header, type Mistake } from './mistake';

export const mistakesOfFiles: readonly Mistake[] = [
  {
    title: 'a syntax error',
    text: `${header}export const e = defineEnergy({\n  dim: 2,,\n});`,
    reason: 'syntax',
    message: 'Expected identifier but found ",".',
    at: '4:10',
  },
  {
    title: 'a module that is not there',
    text: `import './absent';\n${energyOf('x')}`,
    reason: 'import',
    message: 'The module "./absent" is not there; check the path.',
    at: '1:8',
  },
  {
    title: 'a package that is not installed',
    text: `import a from 'left-padding';\nconsole.log(a);\n${energyOf('x')}`,
    reason: 'import',
    message: 'The module "left-padding" is not there; install it in the workspace, or check its name.',
    at: '1:15',
  },
  {
    title: 'a module of Node.js',
    text: `import { readFileSync } from 'fs';\nreadFileSync('a');\n${energyOf('x')}`,
    reason: 'import',
    message:
      '"fs" is a part of Node.js, which an energy file cannot use: it runs without files, network and processes; use data.csv and its like for data.',
    at: '1:30',
  },
  {
    title: 'a module of Node.js by its full name',
    text: `import 'node:child_process';\n${energyOf('x')}`,
    reason: 'import',
    message: '"node:child_process" is a part of Node.js',
    at: '1:8',
  },
  {
    title: 'an unknown export of unblind',
    text: `import { mpl } from 'unblind';\nmpl();`,
    reason: 'import',
    message: 'The module "unblind" has no export "mpl"; did you mean "mlp"?',
    at: '1:10',
  },
  {
    title: 'a package of tfjs that is of no use here',
    text: `import * as d from '@tensorflow/tfjs-data';\nd.csv('a');`,
    reason: 'import',
    message: '"@tensorflow/tfjs-data" cannot be used in an energy file; use @tensorflow/tfjs.',
    at: '1:20',
  },
  {
    title: 'a file without energy',
    text: 'export const a = 1;',
    reason: 'no-energy',
    message: 'The file has no energy; export one: export const name = defineEnergy({ ... }).',
    at: '1:1',
  },
  {
    title: 'an energy that is not exported',
    text: energyOf('x.sum(1)').replace('export ', ''),
    reason: 'no-energy',
    message: 'The energy is defined but not exported; write "export const" before its name.',
    at: '3:11',
  },
  {
    title: 'an exception at the top level',
    text: `${header}\nconst a = undefined as unknown as { b: number };\nexport const c = a.b;`,
    reason: 'exception',
    message: "TypeError: Cannot read properties of undefined (reading 'b')",
    at: '5:20',
  },
  {
    title: 'an exception in the energy',
    text: energyOf(`{ throw new Error('not today\\nat all'); }`),
    reason: 'exception',
    message: 'not today',
    at: '5:26',
  },
  {
    title: 'something else thrown',
    text: energyOf(`{ throw 'a text'; }`),
    reason: 'exception',
    message: 'The code threw "a text".',
    at: '3:18',
  },
  {
    title: 'recursion without end',
    text: `${header}const f = (n: number): number => f(n + 1) + 1;\nf(0);`,
    reason: 'exception',
    message: 'maximum call stack size exceeded',
    at: '3:41',
  },
  {
    title: 'an unknown function of tfjs',
    text: energyOf('(tf as any).summ(x, 1)'),
    reason: 'exception',
    message: 'summ is not a function',
    at: '5:30',
  },
];
