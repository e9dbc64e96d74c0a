/** What a sampler run shows of itself while it goes on: for the command line, and for views. */

/** Figures of a sampler by their names, such as acceptance; only those that mean something for it. */
export type SampleFigures = Readonly<Record<string, number>>;

/** What a view must know of a sampler run that begins. */
export interface SampleInfo {
  readonly runDir: string;
  readonly file: string;
  readonly energy: string;
  readonly dim: number;
  readonly sampler: string;
  readonly seed: number;
  readonly particles: number;
  readonly executor: string;
  readonly executorDetail: string;
  /** In words: what is sampled, and from where. */
  readonly target: string;
  readonly start: string;
  /** Labels and centres of the modes whose shares frames tell; none where they are found at the end. */
  readonly modes: readonly { readonly label: string; readonly center: readonly number[] }[];
}

/** A live picture. The receiver owns the arrays. */
export interface SampleFrame {
  readonly step: number;
  /** Row-major [n, dim], in the user's units. */
  readonly particles: Float32Array;
  readonly figures: SampleFigures;
  /** Share of the particles in each of the info's modes. */
  readonly modeShares: readonly number[];
}
