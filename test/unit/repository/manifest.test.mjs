import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';
import { externalPackages } from '../../../scripts/lib/bundles.mjs';
import { runtimePackages } from '../../../scripts/lib/runtimePackages.mjs';

/** @param {string} name */
const read = (name) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json'));
const strings = JSON.parse(read('package.nls.json'));

describe('package.json', () => {
  it('takes each string from package.nls.json, and no string there is unused', () => {
    const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
    expect(new Set(used)).toEqual(new Set(Object.keys(strings)));
  });

  it('gives each command a category and a title', () => {
    for (const { command, category, title } of manifest.contributes.commands) {
      expect(command).toMatch(/^unblind\./);
      expect(category).toBe('Unblind');
      expect(title).toMatch(/^%.+%$/);
    }
  });

  it('offers commands on energy files and in its own views only', () => {
    const { commandPalette, ...menus } = manifest.contributes.menus;
    for (const { command, when } of Object.values(menus).flat()) {
      expect(when, command).toMatch(/resourceFilename =~ \/\\\.energy\\\.\(ts\|js\)\$\/|view == unblind\./);
    }
    // What needs a chosen run is hidden from the palette.
    for (const { command, when } of commandPalette) expect(when, command).toBe('false');
  });

  it('limits itself in untrusted and virtual workspaces', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe('limited');
    expect(manifest.extensionKind).toEqual(['workspace']);
  });

  it('pins each dependency exactly', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies });
    for (const [name, version] of versions) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('names files that exist', () => {
    expect(existsSync(join(root, manifest.icon))).toBe(true);
  });
});

describe('package-lock.json', () => {
  it('names no registry', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('says the same as package.json', () => {
    const own = JSON.parse(read('package-lock.json')).packages[''];
    expect(own.dependencies).toEqual(manifest.dependencies);
    expect(own.devDependencies).toEqual(manifest.devDependencies);
  });
});

describe('the .vsix', () => {
  it('carries each dependency that is not bundled', () => {
    const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const carried = runtimePackages('linux-x64').map(({ name }) => name);
    expect(carried).toEqual(expect.arrayContaining(dependencies.filter((name) => externalPackages.includes(name))));
  });
});
