/** Turns the cure of a mistake into edits of the text around it; no VS Code in here. */

import type { Fix } from '../../shared/fix';
import type { Translate } from '../translate';
import { exportDefinition } from './exportDefinition';
import { reduceRows } from './reduceRows';
import { removeImport } from './removeImport';
import { rename } from './rename';
import { setProperty } from './setProperty';
import { squeezeResult } from './squeezeResult';

/** A replacement; offsets in UTF-16 units. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export interface Cure {
  /** What a menu says. */
  readonly title: string;
  readonly edits: readonly TextChange[];
}

const appliers: { readonly [K in Fix['kind']]: (source: string, offset: number, fix: Fix, t: Translate) => Cure | undefined } = {
  rename: (source, offset, fix, t) => (fix.kind === 'rename' ? rename(source, offset, fix, t) : undefined),
  set: (source, offset, fix, t) => (fix.kind === 'set' ? setProperty(source, offset, fix, t) : undefined),
  squeeze: (source, offset, _, t) => squeezeResult(source, offset, t),
  'sum-rows': (source, offset, _, t) => reduceRows(source, offset, t),
  export: (source, offset, _, t) => exportDefinition(source, offset, t),
  'remove-import': (source, offset, _, t) => removeImport(source, offset, t),
};

/**
 * @param offset where the mistake is
 * @returns undefined where the text is not plain enough
 */
export function applyFix(source: string, offset: number, fix: Fix, t: Translate): Cure | undefined {
  return appliers[fix.kind](source, offset, fix, t);
}
