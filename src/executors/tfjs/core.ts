import type { Tfjs } from '../../graph/primitive';

/** The first line of whatever was thrown, for a message of one line. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
}

/** tfjs, quiet. */
export async function core(): Promise<Tfjs> {
  const tf = await import('@tensorflow/tfjs-core');
  // Production mode: no advice on the user's console. Test mode would be as quiet, but it notes every kernel and never forgets.
  tf.env().set('PROD', true);
  return tf;
}
