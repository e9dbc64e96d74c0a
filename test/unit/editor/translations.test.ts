import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

type Texts = Readonly<Record<string, string>>;

interface Messages {
  readonly messages: () => Promise<readonly string[]>;
  readonly template: (texts: readonly string[]) => string;
}

const read = (path: string): Texts => JSON.parse(readFileSync(path, 'utf8')) as Texts;

/** What a text has besides words: places of arguments, icons, links to commands. */
const marks = (text: string): readonly string[] => (text.match(/\{\d+\}|\$\([\w-]+\)|\(command:[\w.]+\)/g) ?? []).sort();

const isTranslation = (name: string): boolean => /^(bundle\.l10n|package\.nls)\.\w[\w-]*\.json$/.test(name);
const translations = [...readdirSync('l10n').map((name) => `l10n/${name}`), ...readdirSync('.')]
  .filter((path) => isTranslation(path.replace(/^l10n\//, '')))
  .map((path) => [path, path.replace(/\.[\w-]+\.json$/, '.json')] as const);

describe('texts for translation', () => {
  let tools: Messages;

  beforeAll(async () => {
    tools = (await import(/* @vite-ignore */ pathToFileURL(resolve('scripts/lib/messages.mjs')).href)) as Messages;
  });

  it('are those of the sources; run npm run messages where they are not', async () => {
    expect(readFileSync('l10n/bundle.l10n.json', 'utf8')).toBe(tools.template(await tools.messages()));
  });

  it('are where the manifest and the .vsix have them', () => {
    expect((JSON.parse(readFileSync('package.json', 'utf8')) as { readonly l10n: string }).l10n).toBe('./l10n');
    expect(translations.map(([path]) => path)).toEqual(['l10n/bundle.l10n.de.json', 'package.nls.de.json']);
    const packaged = readFileSync('.vscodeignore', 'utf8').split('\n');
    expect(packaged).toEqual(expect.arrayContaining(['!l10n/**', '!package.nls.de.json']));
  });

  it.each(translations)('in %s are all there, with the same places for arguments', (path, original) => {
    const [there, wanted] = [read(path), read(original)];
    expect(Object.keys(there).sort()).toEqual(Object.keys(wanted).sort());
    for (const [key, text] of Object.entries(wanted)) expect({ key, marks: marks(there[key]!) }).toEqual({ key, marks: marks(text) });
  });

  it.each(translations)('in %s are translated', (path, original) => {
    const [there, wanted] = [read(path), read(original)];
    // Names, and what is the same word in both languages.
    const same = Object.keys(wanted).filter((key) => there[key] === wanted[key] && /[a-z]{5}/.test(wanted[key]!));
    expect(same).toEqual(path.startsWith('package') ? ['container.title'] : []);
  });
});
