/** An ESLint rule for the architecture: which folder of src/ may import from which. */

import { dirname, relative, resolve } from 'node:path';

/** What computes, without knowing where a run comes from or where it is shown. */
const computing = ['shared', 'graph', 'executors', 'data', 'energy', 'objectives', 'samplers', 'diagnose'];

/**
 * For each folder those that it may import from, itself aside. A folder that is not listed may import from none.
 * No list names cli: nothing imports the command line.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const layers = {
  shared: [],
  graph: ['shared'],
  executors: ['shared', 'graph'],
  data: ['shared', 'graph'],
  energy: ['shared', 'graph', 'executors', 'data'],
  objectives: computing,
  samplers: computing,
  diagnose: computing,
  runs: computing,
  engine: [...computing, 'runs'],
  cli: [...computing, 'runs', 'engine'],
  editor: [...computing, 'runs', 'engine'],
  extension: [...computing, 'runs', 'engine', 'editor'],
  webview: ['shared'],
};

/** The only places that may import 'vscode'. */
const editorSide = ['editor', 'extension'];

/**
 * @param {string} file absolute
 * @param {string} root
 * @returns {string | undefined} 'graph' for src/graph/..., 'extension' for src/extension.ts, 'webview' for webview/...
 */
function layerOf(file, root) {
  const [top = '', next = ''] = relative(root, file).split(/[/\\]/);
  if (top === 'webview') return top;
  return top === 'src' ? next.replace(/\.ts$/, '') : undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      layer: '{{from}} must not import from {{to}}.',
      vscode: "Only src/editor and src/extension.ts import 'vscode'.",
    },
  },
  create(context) {
    const from = layerOf(context.filename, context.cwd);
    if (from === undefined) return {};
    /** @param {import('estree').Expression | null | undefined} source */
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      if (source.value === 'vscode' && !editorSide.includes(from)) context.report({ node: source, messageId: 'vscode' });
      if (!source.value.startsWith('.')) return;
      const to = layerOf(resolve(dirname(context.filename), source.value), context.cwd);
      if (to === undefined || to === from || layers[from]?.includes(to) === true) return;
      context.report({ node: source, messageId: 'layer', data: { from, to } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
