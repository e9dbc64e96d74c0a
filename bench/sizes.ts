/** The problems that are measured. */

export interface Size {
  /** Widths of the network, input first; the output is the energy. */
  readonly layers: readonly number[];
  /** Rows of the one batch that every step uses. */
  readonly batch: number;
}

/** Small, middle, large: from bound by the number of kernels to bound by arithmetic. */
export const sizes = {
  a: { layers: [2, 64, 64, 1], batch: 256 },
  b: { layers: [2, 128, 128, 1], batch: 1000 },
  c: { layers: [2, 256, 256, 256, 1], batch: 1000 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

export const sizeNames = Object.keys(sizes) as SizeName[];

/** Such as '2-64-64-1, batch 256'. */
export function describeSize({ layers, batch }: Size): string {
  return `${layers.join('-')}, batch ${batch}`;
}
