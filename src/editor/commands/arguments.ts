/** What VS Code hands to commands: checked, for other extensions may call them with anything. */

import * as vscode from 'vscode';
import type { PanelView } from '../../shared/panelProtocol';
import type { EnergyRef } from '../energyRef';
import type { HistoryEntry } from '../historyEntry';

export function isEnergyRef(value: unknown): value is EnergyRef {
  return (
    typeof value === 'object' &&
    value !== null &&
    'file' in value &&
    'name' in value &&
    typeof value.file === 'string' &&
    typeof value.name === 'string'
  );
}

export function isEnergyArgument(value: unknown): value is EnergyRef | vscode.Uri {
  return value instanceof vscode.Uri || isEnergyRef(value);
}

/** A weight of the data in a bridged density. */
export function isBeta(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1;
}

/** A view of the panel. */
export function isPanelView(value: unknown): value is PanelView {
  return value === 'fit' || value === 'sample' || value === 'diagnosis';
}

/** An entry of the Runs view. */
export function isHistoryEntry(value: unknown): value is HistoryEntry {
  return typeof value === 'object' && value !== null && 'directory' in value && 'kind' in value && typeof value.directory === 'string';
}

/**
 * Run directories that a command was started on: entries of the view, a path, a folder; several where several are selected.
 * @param wanted which entries count
 */
export function directoriesOf(args: readonly unknown[], wanted: (entry: HistoryEntry) => boolean = () => true): string[] {
  const [first, selected] = args;
  const values: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [first];
  return values.flatMap((value) => {
    if (typeof value === 'string') return [value];
    if (value instanceof vscode.Uri) return [value.fsPath];
    return isHistoryEntry(value) && wanted(value) ? [value.directory] : [];
  });
}
