/** Names an energy: a file and an export of it. */

export interface EnergyRef {
  /** Absolute path. */
  readonly file: string;
  readonly name: string;
}

/** One string an energy. */
export function energyKey({ file, name }: EnergyRef): string {
  return `${file}\n${name}`;
}
