import type { FigureName } from '../../samplers/sampler';
import { formatNumber } from '../../shared/plot/numberFormat';

/** What a sampler says of itself, as reports call it. */
export interface FigureWords {
  readonly name: FigureName;
  readonly label: string;
  /** Whether it is a share, whose axis goes from 0 to 1. */
  readonly share: boolean;
  readonly text: (value: number) => string;
}

const percent = (value: number): string => `${formatNumber(100 * value)} %`;
const plain = (value: number): string => formatNumber(value);

/** All figures, in the order in which reports show them. */
export const figureWords: readonly FigureWords[] = [
  { name: 'acceptance', label: 'Acceptance', share: true, text: percent },
  { name: 'swapAcceptance', label: 'Swaps accepted', share: true, text: percent },
  { name: 'inverseTemperature', label: 'Inverse temperature', share: true, text: plain },
  { name: 'effectiveShare', label: 'Effective share', share: true, text: percent },
  { name: 'logZ', label: 'log Z', share: false, text: plain },
  { name: 'noise', label: 'Noise', share: false, text: plain },
  { name: 'stepSize', label: 'Step size', share: false, text: plain },
  { name: 'bandwidth', label: 'Bandwidth', share: false, text: plain },
  { name: 'attraction', label: 'Attraction', share: true, text: plain },
];
