import type { Escape } from './escape';

const read = (name: string, path: string, more: Partial<Escape> = {}): Escape => ({
  name,
  effect: 'read',
  imports: `import stolen from ${JSON.stringify(path)};`,
  code: 'leak(JSON.stringify(stolen));',
  ...more,
});

const table = (name: string, call: string): Escape => ({
  name,
  effect: 'read',
  control: false,
  definition: `dim: 1, energy: (x) => x.sum(1), data: data.${call}`,
});

/** Files outside the workspace, through the bundler and through the readers of data. */
export const paths: readonly Escape[] = [
  read('import-above', '../outside/secret.js'),
  read('import-json', '../outside/secret.json', { imports: `import stolen from '../outside/secret.json' with { type: 'json' };` }),
  read('import-text', '', { control: false, imports: `import stolen from '../outside/secret.csv' with { type: 'text' };` }),
  read('import-bytes', '', {
    control: false,
    imports: `import stolen from '../outside/secret.csv' with { type: 'bytes' };`,
    code: 'leak(String.fromCharCode(...stolen));',
  }),
  read('import-txt', '../outside/secret.txt', { control: false }),
  read('import-no-extension', '../outside/secret', { control: false }),
  read('import-symlink', './link.js'),
  read('import-symlink-folder', './linked/secret.js'),
  read('import-package', 'trojan'),
  read('import-mapped', 'stolen', { control: false }),
  table('data-above', `csv('../outside/secret.csv')`),
  table('data-column', `csv('../outside/secret.csv', { columns: ['absent'] })`),
  table('data-symlink', `csv('link.csv')`),
  table('data-symlink-folder', `json('linked/secret.json')`),
  table('data-environment', `csv('/proc/self/environ')`),
  table('data-url', `csv('file:../outside/secret.csv')`),
  table('data-pipe', `csv('pipe')`),
  table('data-null', `csv('../outside/secret.csv\\0.csv')`),
];
