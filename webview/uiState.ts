/** The state of the interface alone: what the page may lose without losing anything that matters. Kept through getState and setState. */

import type { PanelView } from '../src/shared/panelProtocol';

/** The views, in the order of their tabs. */
export const panelViews = ['fit', 'sample', 'diagnosis'] as const satisfies readonly PanelView[];

/** Bounds of a zoomed view, in the user's units. */
export interface View {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export interface UiState {
  /** Which of the page's views is shown; null takes what the host says. */
  readonly tab: PanelView | null;
  /** What is drawn over the densities. */
  readonly layers: Readonly<Record<LayerName, boolean>>;
  /** Zoom of the main view; null shows everything. */
  readonly view: View | null;
  /** The two coordinates of the main view, from 0, where there are more than two. */
  readonly axes: readonly [number, number];
  /** Above two dimensions: the particles seen along all other axes, or the density on a plane. */
  readonly plane: 'projection' | 'slice';
  /** What the plane goes through: a mode of the data by its number, the data's mean, or `point`. */
  readonly through: number | 'mean' | 'point';
  /** A point of the user's choice, [dim]; null before one was chosen. */
  readonly point: readonly number[] | null;
  /** First coordinate whose marginals are shown where there are very many; -1 shows those of the axes. */
  readonly marginals: number;
  /** Smoothing of the loss, 0 (none) to 100. */
  readonly smoothing: number;
  readonly logSteps: boolean;
  readonly logLoss: boolean;
  /** Whether the form with the settings is open, and which tables are. */
  readonly settingsOpen: boolean;
  readonly openTables: readonly string[];
  /** Zoom of the sampler's picture; null shows everything. */
  readonly sampleZoom: View | null;
  /** Whether particles are drawn over the density that is sampled. */
  readonly sampleParticles: boolean;
  /** The figure of the sampler that is shown against its steps; null takes the first there is. */
  readonly figure: string | null;
  readonly samplerOpen: boolean;
}

export const layerNames = ['contours', 'score', 'data', 'particles', 'truth'] as const;
export type LayerName = (typeof layerNames)[number];

export const initialUi: UiState = {
  tab: null,
  layers: { contours: true, score: true, data: false, particles: false, truth: true },
  view: null,
  axes: [0, 1],
  plane: 'projection',
  through: 0,
  point: null,
  marginals: -1,
  smoothing: 40,
  logSteps: false,
  logLoss: false,
  settingsOpen: false,
  openTables: [],
  sampleZoom: null,
  sampleParticles: true,
  figure: null,
  samplerOpen: false,
};

/** What was stored by some version of this page: every entry that still makes sense, the initial one for the others. */
export function parseUi(stored: unknown): UiState {
  if (!isRecord(stored)) return initialUi;
  const layers = isRecord(stored['layers']) ? stored['layers'] : {};
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  const [first, second] = Array.isArray(stored['axes']) ? (stored['axes'] as readonly unknown[]) : [];
  const { smoothing, through, point, marginals, figure } = stored;
  const tables: readonly unknown[] = Array.isArray(stored['openTables']) ? stored['openTables'] : [];
  return {
    tab: panelViews.find((name) => name === stored['tab']) ?? null,
    layers: {
      contours: flag(layers['contours'], initialUi.layers.contours),
      score: flag(layers['score'], initialUi.layers.score),
      data: flag(layers['data'], initialUi.layers.data),
      particles: flag(layers['particles'], initialUi.layers.particles),
      truth: flag(layers['truth'], initialUi.layers.truth),
    },
    view: parseView(stored['view']),
    axes: isAxis(first) && isAxis(second) && first !== second ? [first, second] : initialUi.axes,
    plane: stored['plane'] === 'slice' ? 'slice' : 'projection',
    through: through === 'mean' || through === 'point' || isAxis(through) ? through : initialUi.through,
    point: Array.isArray(point) && point.every((value) => typeof value === 'number' && Number.isFinite(value)) ? (point as number[]) : null,
    marginals: isAxis(marginals) ? marginals : initialUi.marginals,
    smoothing: typeof smoothing === 'number' && smoothing >= 0 && smoothing <= 100 ? smoothing : initialUi.smoothing,
    logSteps: flag(stored['logSteps'], initialUi.logSteps),
    logLoss: flag(stored['logLoss'], initialUi.logLoss),
    settingsOpen: flag(stored['settingsOpen'], initialUi.settingsOpen),
    openTables: tables.filter((name) => typeof name === 'string'),
    sampleZoom: parseView(stored['sampleZoom']),
    sampleParticles: flag(stored['sampleParticles'], initialUi.sampleParticles),
    figure: typeof figure === 'string' ? figure : null,
    samplerOpen: flag(stored['samplerOpen'], initialUi.samplerOpen),
  };
}

function parseView(stored: unknown): View | null {
  if (!isRecord(stored)) return null;
  const x = parseRange(stored['x']);
  const y = parseRange(stored['y']);
  return x === null || y === null ? null : { x, y };
}

function parseRange(stored: unknown): readonly [number, number] | null {
  const [low, high] = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
  return typeof low === 'number' && typeof high === 'number' && high > low && Number.isFinite(high - low) ? [low, high] : null;
}

function isAxis(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
