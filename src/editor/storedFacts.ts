/** What a run on disk says to the Diagnostics view: after a reload there is no session to ask. */

import type { DiagnosisRecord } from '../shared/diagnosis';
import type { DiagnosticFacts } from './diagnosticItems';
import { energyKey, type EnergyRef } from './energyRef';
import type { HistoryEntry } from './historyEntry';

type StoredFacts = Omit<DiagnosticFacts, 'checkLines'> & { readonly diagnosis: DiagnosisRecord | undefined };

/** By energy, from the newest run of each; `entries` are newest first. */
export function storedFacts(
  entries: readonly HistoryEntry[],
): ReadonlyMap<string, { readonly energy: EnergyRef; readonly facts: StoredFacts }> {
  const found = new Map<string, { readonly energy: EnergyRef; readonly facts: StoredFacts }>();
  for (const entry of entries) {
    if (entry.kind !== 'run') continue;
    const energy: EnergyRef = { file: entry.record.file, name: entry.record.energy };
    const key = energyKey(energy);
    if (!found.has(key)) found.set(key, { energy, facts: factsOf(entry) });
  }
  return found;
}

function factsOf({ record, result, end, diagnosis }: Extract<HistoryEntry, { kind: 'run' }>): StoredFacts {
  const failed = end?.status === 'failed' ? { kind: 'diverged' as const, message: end.reason ?? '', step: result?.steps ?? 0 } : undefined;
  return {
    info: record,
    points: undefined,
    running: false,
    frame: result === null ? undefined : { ...result, logZStdErr: result.logZStdErr ?? Number.NaN },
    end: failed,
    notes: result?.notes ?? [],
    diagnosis,
  };
}
