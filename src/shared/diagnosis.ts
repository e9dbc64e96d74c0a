/** What a diagnosis finds: the blindness report as it is kept, printed and drawn. */

export type Verdict = 'blind' | 'sees' | 'cannot tell';
export type LineStatus = 'pass' | 'warn' | 'fail' | 'info' | 'unknown';

export interface ReportLine {
  readonly id:
    | 'modes'
    | 'search'
    | 'visibility'
    | 'spectrum'
    | 'basins'
    | 'ksd'
    | 'fssd'
    | 'tempering'
    | 'logZ'
    | 'acceptance'
    | 'draws'
    | 'correction'
    | 'gradient';
  readonly title: string;
  readonly status: LineStatus;
  /** One sentence: what was found, and why it is good or bad. */
  readonly why: string;
  /** One sentence: what to do; empty where nothing needs doing. */
  readonly todo: string;
}

/** A test of fit of the samples. */
export interface TestRecord {
  /** Squared discrepancy, without bias. */
  readonly statistic: number;
  readonly pValue: number;
  /** Rows that were tested. */
  readonly rows: number;
}

/** The finite-set Stein discrepancy test, which says where samples misfit. */
export interface FssdRecord extends TestRecord {
  /** At most ten places in the user's units, [dim] each, the largest misfit first; where none was found, the places it was looked for. */
  readonly locations: readonly (readonly number[])[];
}

/** What became of the samples when the density might move them between its modes. */
export interface TemperingRecord {
  /** Share of the samples in each mode before they were heated, and after they were cooled again. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Share of the samples that changed their mode. */
  readonly moved: number;
  /** Share of the round trips that were accepted. */
  readonly acceptance: number;
  /** Inverse temperature to which the samples were heated. */
  readonly hottest: number;
  readonly pValue: number;
  /** Rows that were tested. */
  readonly rows: number;
}

/** A mode of the density beside the data's. */
export interface DiagnosedMode {
  /** In the user's units. */
  readonly center: readonly number[];
  readonly weight: number;
  readonly stdErr: number;
  /** Null without data. */
  readonly dataWeight: number | null;
  readonly dataStdErr: number | null;
  /** `spurious`: mass and no data. `missed`: data and no mass. */
  readonly kind: 'found' | 'spurious' | 'missed';
}

/** What a change of the weights adds to KL at each noise. */
export interface SpectrumRecord {
  readonly sigma: readonly number[];
  /** FD of the pair with noise; null where it is not known. */
  readonly fisher: readonly (number | null)[];
  /** Share of KL below each noise; null where it is not known. */
  readonly fractionBelow: readonly (number | null)[];
  readonly kl: number;
  /** The noise below which a tenth of KL lies. */
  readonly visibleFrom: number | null;
}

/** The beta and m that make the least visible change of the weights most visible to MFD. */
export interface MixingAdvice {
  readonly beta: number;
  readonly mixing: { readonly kind: 'gaussian'; readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Visibility of MFD with these. */
  readonly visibility: number;
}

/** Bracket of the log normaliser. */
export interface LogZBracket {
  readonly lower: number;
  readonly upper: number;
}

/** `diagnosis.json`, and what `unblind diagnose --json` prints. Null is what was not measured. */
export interface DiagnosisRecord {
  readonly format: 1;
  /** Absolute path of the energy file. */
  readonly file: string;
  readonly energy: string;
  /** Whose density this is about: the energy's own, that of a run of it, or its data's. */
  readonly of: 'energy' | 'run' | 'data';
  /** The same in words. */
  readonly subject: string;
  readonly runDir: string | null;
  readonly dim: number;
  /** Rows of data that a fit has; null without data, or where they never end. */
  readonly rows: number | null;
  readonly seed: number;
  readonly executor: string;
  readonly seconds: number;
  readonly unblind: string;
  readonly verdict: Verdict;
  /** The verdict in a sentence. */
  readonly summary: string;
  /** What to do next, in a sentence; empty where nothing needs doing. */
  readonly next: string;
  /** O(p || p_a) / KL(p || p_a) for the least visible change p_a of the weights. */
  readonly visibility: { readonly fisher: number; readonly mfd: number } | null;
  readonly modes: readonly DiagnosedMode[];
  readonly barriers: readonly { readonly between: readonly [number, number]; readonly height: number }[];
  readonly ksd: TestRecord | null;
  readonly perturbedKsd: TestRecord | null;
  readonly fssd: FssdRecord | null;
  readonly tempering: TemperingRecord | null;
  readonly logZ: LogZBracket | null;
  readonly advice: MixingAdvice | null;
  /** Share of particles in each mode: where gradient ascent takes their start, and where Langevin dynamics left them. */
  readonly basins: { readonly predicted: readonly number[]; readonly actual: readonly number[]; readonly particles: number } | null;
  readonly spectrum: SpectrumRecord | null;
  readonly lines: readonly ReportLine[];
  readonly notes: readonly string[];
}

/** One line against the weight of a mode, with the weight at which it is least. */
export interface WeightCurve {
  readonly values: readonly number[];
  readonly least: number;
}

/** FD, KL and MFD from the density to itself with one mode's weight moved. */
export interface WeightCurves {
  /** Number of the mode, from zero. */
  readonly mode: number;
  /** Its weight in the density. */
  readonly weight: number;
  readonly alpha: readonly number[];
  readonly fisher: WeightCurve;
  readonly kl: WeightCurve;
  readonly mixtureFisher: WeightCurve;
  /** The beta of MFD, and m in words. */
  readonly beta: number;
  readonly mixing: string;
}

/** Scores at the centres of a grid of one or two dimensions, which may be coarser than that of the densities: [mx, 1] or [my, mx, 2]. */
export interface PairScores {
  readonly shape: readonly number[];
  readonly p: Float32Array;
  readonly tilted: Float32Array;
  readonly bridgedP: Float32Array;
  readonly bridgedTilted: Float32Array;
}

/** Densities on one grid of one or two dimensions, row-major [n] or [ny, nx], at cell centres. */
export interface DiagnosisPictures {
  readonly shape: readonly number[];
  /** xmin, xmax (, ymin, ymax), in the user's units. */
  readonly extent: readonly number[];
  readonly p: Float32Array;
  /** The density with its weights tilted. */
  readonly tilted: Float32Array;
  /** Both bridged with m. */
  readonly bridgedP: Float32Array;
  readonly bridgedTilted: Float32Array;
  /** Over the same extent. */
  readonly scores: PairScores;
}

/** What a page draws beside the record; null where there are no two modes, or too many dimensions for pictures. */
export interface DiagnosisFigures {
  readonly curves: WeightCurves | null;
  readonly pictures: DiagnosisPictures | null;
}
