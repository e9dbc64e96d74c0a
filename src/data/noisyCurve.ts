import { gaussLegendre } from './gaussLegendre';
import { logTwoPi } from './parameters';

/** A curve in the plane, run through by t from 0 to `end`, with a probability density over t. */
export interface Curve {
  readonly end: number;
  point(t: number): readonly [number, number];
  /** |d point / dt|; must not fall with t. */
  speed(t: number): number;
  /** The density of t. */
  density(t: number): number;
  /** The largest step in t over which the curve and the density are smooth: a fraction of a radian of turning. */
  readonly smoothStep: number;
}

/** The most panels a curve is cut into: a bound on memory and time, not on accuracy. */
export const maxPanels = 50_000;

/** How many panels a curve of this noise needs, a bound from above. */
export function panelsNeeded(curve: Curve, std: number): number {
  return (curve.end * curve.speed(curve.end)) / (2 * std) + curve.end / curve.smoothStep + 1;
}

const rule = gaussLegendre(12);
const pointsPerPanel = rule.nodes.length;
/** Panels whose every point is less likely than the nearest one by exp(-60) are left out: far below float64. */
const negligible = 60;

/**
 * The log density of `point(t) + std * z`, z standard normal in the plane, t from the curve's density:
 * the integral over t of density(t) N(x; point(t), std^2 I), by Gauss-Legendre quadrature with 12 nodes on panels at most about two
 * noise widths long. The integrand is analytic with width `std` or more near the curve, so the relative error there is below 1e-12.
 * @returns a function of x and y
 */
export function noisyCurve(curve: Curve, std: number): (x: number, y: number) => number {
  const { nodeX, nodeY, nodeMass, panelX, panelY, panelRadius } = layPanels(curve, std);
  const near = new Float64Array(panelX.length);
  const squares = new Float64Array(nodeX.length);
  const logConstant = -logTwoPi - 2 * Math.log(std);
  const scale = 0.5 / (std * std);

  return (x, y) => {
    let nearest = Infinity;
    for (let p = 0; p < near.length; p++) {
      const distance = Math.hypot(x - (panelX[p] ?? 0), y - (panelY[p] ?? 0));
      const radius = panelRadius[p] ?? 0;
      near[p] = Math.max(0, distance - radius);
      nearest = Math.min(nearest, distance + radius);
    }
    const reach = Math.sqrt(nearest * nearest + negligible / scale);
    let least = Infinity;
    for (let p = 0; p < near.length; p++) {
      if ((near[p] ?? 0) > reach) continue;
      for (let i = p * pointsPerPanel; i < (p + 1) * pointsPerPanel; i++) {
        const square = (x - (nodeX[i] ?? 0)) ** 2 + (y - (nodeY[i] ?? 0)) ** 2;
        squares[i] = square;
        if (square < least) least = square;
      }
    }
    let sum = 0;
    for (let p = 0; p < near.length; p++) {
      if ((near[p] ?? 0) > reach) continue;
      for (let i = p * pointsPerPanel; i < (p + 1) * pointsPerPanel; i++) {
        sum += (nodeMass[i] ?? 0) * Math.exp(-scale * ((squares[i] ?? 0) - least));
      }
    }
    return logConstant - scale * least + Math.log(sum);
  };
}

/** The quadrature nodes with their probability, and for each panel a circle that holds its nodes. */
function layPanels(curve: Curve, std: number) {
  const nodeX: number[] = [];
  const nodeY: number[] = [];
  const nodeMass: number[] = [];
  const panelX: number[] = [];
  const panelY: number[] = [];
  const panelRadius: number[] = [];
  for (let from = 0; from < curve.end;) {
    const step = Math.min(curve.smoothStep, (2 * std) / curve.speed(from));
    // A last sliver of a panel would only cost time.
    const to = from + 1.5 * step >= curve.end ? curve.end : from + step;
    const half = (to - from) / 2;
    const [middleX, middleY] = curve.point(from + half);
    let radius = 0;
    for (const [i, node] of rule.nodes.entries()) {
      const t = from + half * (1 + node);
      const [x, y] = curve.point(t);
      nodeX.push(x);
      nodeY.push(y);
      nodeMass.push(half * (rule.weights[i] ?? 0) * curve.density(t));
      radius = Math.max(radius, Math.hypot(x - middleX, y - middleY));
    }
    panelX.push(middleX);
    panelY.push(middleY);
    panelRadius.push(radius);
    from = to;
  }
  return {
    nodeX: Float64Array.from(nodeX),
    nodeY: Float64Array.from(nodeY),
    nodeMass: Float64Array.from(nodeMass),
    panelX: Float64Array.from(panelX),
    panelY: Float64Array.from(panelY),
    panelRadius: Float64Array.from(panelRadius),
  };
}
