/** What a diagnosis is asked for, and how its curves follow a slider. */

import type { DiagnosisFigures, DiagnosisRecord } from './diagnosis';

/** Paths are absolute. */
export interface DiagnoseRequest {
  readonly file: string;
  readonly energy: string;
  /** 'auto' or an executor's id. */
  readonly executor: string;
  readonly seed: number;
  /** A fit whose density is meant; undefined is that of the newest finished one, else the data's or the energy's own. */
  readonly run: string | undefined;
  /** A folder that keeps the diagnosis where it is of no run; it need not be there. Absent: nothing does. */
  readonly keepIn?: string;
}

/** Asks for the figures of what was diagnosed last, with another bridge. */
export interface BridgeRequest {
  /** Number of the mode whose weight moves, from 0. */
  readonly mode: number;
  /** Weight of the density in the bridged one, above 0 and below 1. */
  readonly beta: number;
  /** Width of m as a multiple of that of the record's figures, above 0. */
  readonly width: number;
}

/** What a diagnosis ended with: `problem` says in one sentence why there is none. */
export type DiagnosisAnswer =
  { readonly record: DiagnosisRecord; readonly figures: DiagnosisFigures } | { readonly problem: string; readonly position?: Position };

/** Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Figures with the bridge that was asked for, or why there are none. */
export type BridgeAnswer =
  | {
      readonly figures: DiagnosisFigures;
      /** O(p || p_a) / KL(p || p_a) of MFD for the record's least visible change, with this bridge. */
      readonly visibility: number | null;
    }
  | { readonly problem: string };
