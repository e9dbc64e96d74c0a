import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { layersRule } from '../../../scripts/lint/layers.mjs';

/**
 * @param {string} file relative to the root
 * @param {string} code
 * @returns {string[]} messages of the rule
 */
function lint(file, code) {
  const linter = new Linter({ cwd: '/project' });
  const config = {
    files: ['**/*.ts'],
    plugins: { unblind: { rules: { layers: layersRule } } },
    rules: { 'unblind/layers': /** @type {const} */ ('error') },
  };
  return linter.verify(code, [config], join('/project', file)).map(({ message }) => message);
}

describe('layers', () => {
  it.each([
    ['src/graph/primitives/unary.ts', "import { sum } from '../ops';"],
    ['src/graph/graph.ts', "import { settings } from '../shared/settings';"],
    ['src/executors/onnx/emit.ts', "import { Graph } from '../../graph/graph';"],
    ['src/executors/onnx/emit.ts', "import { helper } from '../data/spec';"],
    ['src/extension.ts', "import * as vscode from 'vscode'; import { f } from './editor/fitCommand';"],
    ['src/cli/main.ts', "const { fit } = await import('../engine/fit');"],
    ['webview/main.ts', "import { frame } from '../src/shared/protocol';"],
    ['test/unit/cli/main.test.ts', "import { main } from '../../../src/cli/main';"],
  ])('accepts in %s: %s', (file, code) => {
    expect(lint(file, code)).toEqual([]);
  });

  it.each([
    ['src/graph/graph.ts', "import { load } from '../energy/load';", 'graph must not import from energy.'],
    ['src/graph/primitives/unary.ts', "import { x } from '../../executors/tfjs/x';", 'graph must not import from executors.'],
    ['src/executors/choose.ts', "export * from '../data/spec';", 'executors must not import from data.'],
    ['src/executors/choose.ts', "export { a } from '../runs/write';", 'executors must not import from runs.'],
    ['src/objectives/fisher.ts', "const engine = import('../engine/main');", 'objectives must not import from engine.'],
    ['src/shared/settings.ts', "import type { Node } from '../graph/graph';".replace(' type', ''), 'shared must not import from graph.'],
    ['src/engine/main.ts', "import { main } from '../cli/main';", 'engine must not import from cli.'],
    ['src/somewhere/new.ts', "import { Graph } from '../graph/graph';", 'somewhere must not import from graph.'],
    ['webview/main.ts', "import { fit } from '../src/engine/fit';", 'webview must not import from engine.'],
    ['src/engine/main.ts', "import * as vscode from 'vscode';", "Only src/editor and src/extension.ts import 'vscode'."],
  ])('refuses in %s: %s', (file, code, message) => {
    expect(lint(file, code)).toEqual([message]);
  });
});
