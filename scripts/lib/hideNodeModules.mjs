/** An esbuild plugin for code that runs where Node's built-in modules are out of reach. */

import { builtinModules } from 'node:module';

const names = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`), 'node-fetch']);

/**
 * Libraries that also run in browsers mention built-in modules only on paths that they take under Node.
 * Those become an empty module. In our own sources the import of one is an error.
 * @type {import('esbuild').Plugin}
 */
export const hideNodeModules = {
  name: 'hide-node-modules',
  setup(build) {
    build.onResolve({ filter: /^[a-z]/ }, ({ path, importer }) => {
      if (!names.has(path)) return undefined;
      if (/[/\\]node_modules[/\\]/.test(importer)) return { path, namespace: 'hidden' };
      return { errors: [{ text: `"${path}" is not available in the sandbox` }] };
    });
    build.onLoad({ filter: /.*/, namespace: 'hidden' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};
