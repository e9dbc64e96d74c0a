import type { Tfjs } from '../../graph/primitive';

/** The first line of whatever was thrown, for a message of one line. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
}

/** tfjs, quiet. */
export async function core(): Promise<Tfjs> {
  const tf = await import('@tensorflow/tfjs-core');
  // tfjs prints advice about faster back ends on the console of whoever uses it.
  tf.env().set('IS_TEST', true);
  return tf;
}
