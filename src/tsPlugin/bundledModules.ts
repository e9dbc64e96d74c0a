/** Where the declarations that come with the extension stand for a module. */

/** Modules by the file that declares them, in the folder of declarations. */
const whole: Readonly<Record<string, string>> = {
  unblind: 'unblind.d.ts',
  '@tensorflow/tfjs': 'node_modules/@tensorflow/tfjs/index.d.ts',
  '@tensorflow/tfjs-node': 'node_modules/@tensorflow/tfjs/index.d.ts',
  '@tensorflow/tfjs-node-gpu': 'node_modules/@tensorflow/tfjs/index.d.ts',
  '@tensorflow/tfjs-core': 'node_modules/@tensorflow/tfjs-core/dist/index.d.ts',
  '@tensorflow/tfjs-layers': 'node_modules/@tensorflow/tfjs-layers/dist/index.d.ts',
};

const backend = /^@tensorflow\/tfjs-backend-[a-z]+$/;
const inside = /^@tensorflow\/tfjs-(?:core|layers)\/.+$/;

/**
 * The file that declares a module which energy files can import without an install.
 *
 * @param name as it is imported
 * @returns relative to the folder of declarations; undefined for other modules
 */
export function bundledDeclarations(name: string): string | undefined {
  if (Object.hasOwn(whole, name)) return whole[name];
  // Back ends are imported for what they register.
  if (backend.test(name)) return 'node_modules/@tensorflow/tfjs/backend.d.ts';
  return inside.test(name) ? `node_modules/${name.replace(/\.js$/, '')}.d.ts` : undefined;
}
