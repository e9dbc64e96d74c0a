/**
 * A plugin of VS Code's TypeScript server: gives energy files the types of `unblind` and `@tensorflow/tfjs` where the
 * workspace has neither installed.
 */

import { join } from 'node:path';
import type ts from 'typescript';
import { ModuleResolver } from './moduleResolver';

/** From node_modules/unblind-ts-plugin of the extension. */
const declarations = join(__dirname, '../../dist/types').replaceAll('\\', '/');

const energyFile = /\.energy\.(ts|js)$/;

/** What the TypeScript server calls with its own module; the bundle exports this function itself. */
export function init({ typescript }: { readonly typescript: typeof ts }): ts.server.PluginModule {
  return {
    create({ languageServiceHost: host, languageService, project }) {
      const original = host.resolveModuleNameLiterals?.bind(host);
      // Before TypeScript 5.0 there is no such function, and nothing is added.
      if (original === undefined) return languageService;
      const resolver = new ModuleResolver({
        typescript,
        host: project,
        folder: declarations,
        // Open files without a tsconfig.json are in a project of their own.
        hasEnergies: () =>
          project.projectKind === typescript.server.ProjectKind.Inferred ||
          project.getScriptFileNames().some((name) => energyFile.test(name)),
      });
      host.resolveModuleNameLiterals = (literals, from, redirected, options, ...rest) =>
        original(literals, from, redirected, options, ...rest).map((found, i) =>
          resolver.resolve(literals[i]?.text ?? '', from, found, options),
        );
      return languageService;
    },
  };
}
