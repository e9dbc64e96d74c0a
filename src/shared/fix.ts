/** Cures of mistakes in energy files, found where the mistake is and applied by the editor. */

/** The kinds that need no more than the place of the mistake. */
export const plainFixKinds = ['squeeze', 'sum-rows', 'export', 'remove-import'] as const;

/**
 * How a mistake can be mended in the text, near its position:
 * - 'rename': a mistyped word becomes another;
 * - 'set': a property of the definition gets another value;
 * - 'squeeze': the energy's result loses its last axis, of size 1;
 * - 'sum-rows': a reduction over the batch goes over axis 1;
 * - 'export': the definition is exported;
 * - 'remove-import': the import goes.
 */
export type Fix =
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'set'; readonly property: string; readonly value: string }
  | { readonly kind: (typeof plainFixKinds)[number] };
