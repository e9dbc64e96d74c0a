import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { executorIds } from '../../../src/executors/executor';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
}

const text = readFileSync('package.json', 'utf8');
const { contributes } = JSON.parse(text) as Manifest;

describe('the manifest', () => {
  it('has a text for every key, and no text without a key', () => {
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]!));
    expect(Object.keys(JSON.parse(readFileSync('package.nls.json', 'utf8')) as object).sort()).toEqual([...used].sort());
  });

  it('names commands that the code registers, in its menus, too', () => {
    const folder = 'src/editor/commands';
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const registered = new Set(sources.flatMap((source) => [...source.matchAll(/\bid: '(\w+)'/g)].map((match) => `unblind.${match[1]!}`)));
    const named = new Set(contributes.commands.map(({ command }) => command));
    for (const command of named) expect(registered).toContain(command);
    for (const { command } of Object.values(contributes.menus).flat()) expect(named).toContain(command);
  });

  it('offers the executors that there are', () => {
    expect(contributes.configuration.properties['unblind.executor']?.enum).toEqual(['auto', ...executorIds]);
  });

  it('has its icon', () => {
    for (const { icon } of contributes.viewsContainers.activitybar) expect(existsSync(icon)).toBe(true);
  });
});
