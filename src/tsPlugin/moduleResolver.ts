/** Resolves what energy files import without an install, where TypeScript itself finds nothing. */

import type ts from 'typescript';
import { bundledDeclarations } from './bundledModules';

type Resolution = ts.ResolvedModuleWithFailedLookupLocations;

/** What the resolver needs of the project that it works for. */
export interface ResolverProject {
  readonly typescript: Pick<typeof ts, 'resolveModuleName' | 'Extension'>;
  readonly host: ts.ModuleResolutionHost;
  /** The folder of declarations, with forward slashes. */
  readonly folder: string;
  /** Whether the project is one of energies: others that lack TensorFlow.js shall be told so. */
  readonly hasEnergies: () => boolean;
}

const energyFile = /\.energy\.(ts|js)$/;

export class ModuleResolver {
  /** The TensorFlow.js that the workspace has itself: one declaration of a tensor must do for all files of a project. */
  private ownTfjs: string | undefined;

  constructor(private readonly project: ResolverProject) {}

  /**
   * @param name as it is imported
   * @param from the importing file
   * @param found what TypeScript itself found
   * @returns `found` where it holds, else the declarations that come with the extension
   */
  resolve(name: string, from: string, found: Resolution, options: ts.CompilerOptions): Resolution {
    const bundled = bundledDeclarations(name);
    if (bundled === undefined) return found;
    if (from.startsWith(`${this.project.folder}/`)) return this.resolveInside(name, found, options);
    if (name === 'unblind') this.ownTfjs = this.findTfjs(from, options) ?? this.ownTfjs;
    if (found.resolvedModule !== undefined || !this.isWanted(name, from)) return found;
    return this.declared(`${this.project.folder}/${bundled}`, found);
  }

  private isWanted(name: string, from: string): boolean {
    return name === 'unblind' || energyFile.test(from) || this.project.hasEnergies();
  }

  /** Our own declarations follow the workspace's TensorFlow.js. */
  private resolveInside(name: string, found: Resolution, options: ts.CompilerOptions): Resolution {
    if (this.ownTfjs === undefined) return found;
    const { typescript, host } = this.project;
    const own = typescript.resolveModuleName(name, this.ownTfjs, options, host);
    return own.resolvedModule === undefined ? found : own;
  }

  private findTfjs(from: string, options: ts.CompilerOptions): string | undefined {
    const { typescript, host } = this.project;
    for (const name of ['@tensorflow/tfjs', '@tensorflow/tfjs-core']) {
      const { resolvedModule } = typescript.resolveModuleName(name, from, options, host);
      if (resolvedModule !== undefined) return resolvedModule.resolvedFileName;
    }
    return undefined;
  }

  private declared(file: string, found: Resolution): Resolution {
    if (!this.project.host.fileExists(file)) return found;
    const extension = this.project.typescript.Extension.Dts;
    return { ...found, resolvedModule: { resolvedFileName: file, extension, isExternalLibraryImport: true } };
  }
}
