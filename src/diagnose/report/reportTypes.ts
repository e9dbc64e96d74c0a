import type {
  DiagnosisRecord,
  FssdRecord,
  LogZBracket,
  MixingAdvice,
  ReportLine,
  TemperingRecord,
  TestRecord,
  Verdict,
} from '../../shared/diagnosis';
import type { KlSpectrum } from '../divergence/spectrum';
import type { ComparedMode } from '../modes/compareData';
import type { Barrier } from '../modes/mergeMaxima';
import type { CoverEvidence } from '../modes/surveyModes';
import type { Seen } from '../visibility/visibility';

/** A test of fit, of however many rows. */
export type TestResult = Omit<TestRecord, 'rows'>;

/** What is known of a change of the weights and of how objectives see it. */
export interface VisibilityFacts {
  /** Numbers of the modes that lose 30 % of their mass and of those that gain it. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly kl: number;
  readonly fisher: Seen;
  /** With the beta and m at hand, or the advised ones. */
  readonly mixture: Seen;
  /** Visibility that a change of the modes' shape has. */
  readonly shape: number;
}

/** Particles of a sampler: share per mode. */
export interface BasinFacts {
  readonly predicted: readonly number[];
  readonly actual: readonly number[] | undefined;
  /** How many particles. */
  readonly particles: number;
}

/** All that a blindness report is made of; what is absent was not measured. */
export interface BlindnessInput {
  readonly dim: number;
  /** Whether the density has no parameters: it can be sampled, and not fitted. */
  readonly fixed?: boolean;
  /** Rows of data that a fit has; undefined without data. */
  readonly rows: number | undefined;
  readonly modes: readonly ComparedMode[];
  readonly barriers: readonly Barrier[];
  readonly evidence: CoverEvidence;
  /** Whether the weights can be relied on. */
  readonly reliable: boolean;
  readonly visibility?: VisibilityFacts;
  readonly spectrum?: KlSpectrum;
  readonly advice?: MixingAdvice;
  readonly basins?: BasinFacts;
  readonly ksd?: TestResult;
  readonly perturbedKsd?: TestResult;
  readonly fssd?: FssdRecord;
  readonly tempering?: TemperingRecord;
  readonly logZ?: LogZBracket;
}

export interface BlindnessReport {
  readonly verdict: Verdict;
  /** The verdict in a sentence. */
  readonly summary: string;
  /** O(p || p_a) / KL(p || p_a); undefined where there are not two modes. */
  readonly visibility: NonNullable<DiagnosisRecord['visibility']> | undefined;
  readonly modes: readonly ComparedMode[];
  /** Noise at which the weights become visible to a score. */
  readonly visibleFrom: number | undefined;
  readonly advice: MixingAdvice | undefined;
  readonly lines: readonly ReportLine[];
}
