import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layersRule } from './scripts/lint/layers.mjs';

const sources = ['src/**/*.ts', 'webview/**/*.ts'];

/** Configuration files, which a tool takes from a default export. */
const defaultExported = ['eslint.config.mjs', 'vitest.config.ts'];

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.cache/', '.unblind/', 'test/fixtures/', 'test/host/workspace/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } }],
      'object-shorthand': 'error',
      'prefer-template': 'off',
      'max-lines': ['warn', { max: 300, skipBlankLines: true }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // With noUncheckedIndexedAccess a loop over a typed array reads `a[i]!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      // Numerical loops walk several arrays by one index.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      // A mapped type may come out empty, an index signature may name its key, and subscripts are ASCII.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    // Matchers and fixtures come as any.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'preserve-caught-error': 'off',
    },
  },
  {
    files: sources,
    plugins: { unblind: { rules: { layers: layersRule } } },
    rules: { 'unblind/layers': 'error' },
  },
  { files: ['src/cli/**', 'scripts/**', 'bench/**', 'eslint.config.mjs'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], rules: { 'no-undef': 'off' } },
  { files: defaultExported, rules: { 'no-restricted-exports': 'off' } },
);
