import { formatFixed, formatNumber } from './numberFormat';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** From data to coordinates of a picture. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
  readonly map: (value: number) => number;
}

/** Round values (1, 2 or 5 times a power of ten) inside [low, high], about `count` of them. */
export function niceTicks(low: number, high: number, count: number): Tick[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power < Math.SQRT2 ? 1 : rough / power < Math.sqrt(10) ? 2 : rough / power < Math.sqrt(50) ? 5 : 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks: Tick[] = [];
  const first = Math.ceil(low / step - 1e-9);
  for (let index = first; index * step <= high + step * 1e-9 && ticks.length < 50; index++) {
    const value = index * step;
    const label = decimals > 4 || Math.abs(value) >= 1e7 ? formatNumber(value, 2) : formatFixed(value, decimals);
    ticks.push({ value, label });
  }
  return ticks;
}

/** Straight line from [low, high] to [from, to]; a domain of no width is widened. */
export function linearScale(low: number, high: number, from: number, to: number, tickCount: number): Scale {
  const wide = high > low && Number.isFinite(high - low);
  const start = wide ? low : (Number.isFinite(low) ? low : 0) - 0.5;
  const end = wide ? high : start + 1;
  return {
    low: start,
    high: end,
    ticks: niceTicks(start, end, tickCount),
    map: (value) => from + ((value - start) / (end - start)) * (to - from),
  };
}

/** Logarithmic, for 0 < low; ticks at powers of ten, or at 1, 2, 5 where there are few of those. */
export function logScale(low: number, high: number, from: number, to: number): Scale {
  const start = Math.max(low, Number.MIN_VALUE);
  const end = Math.max(high, start * 1.001);
  const span = Math.log(end / start);
  const factors = span < Math.log(10) * 2.5 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(span / Math.log(10) / 6));
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(start)); power <= Math.log10(end); power += stride) {
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (value >= start * 0.999 && value <= end * 1.001) ticks.push({ value, label: formatNumber(value, 1) });
    }
  }
  return {
    low: start,
    high: end,
    ticks,
    map: (value) => from + (Math.log(Math.max(value, Number.MIN_VALUE) / start) / span) * (to - from),
  };
}
