/** What is kept of panels over a reload. */

import { basename } from 'node:path';
import type { PanelSampleSettings, PanelView } from '../shared/panelProtocol';
import type { EnergyRef } from './energyRef';
import type { PanelModel } from './panelModel';
import type { RunOpener } from './runOpener';

/** What was added after the first version may be missing. */
export interface StoredPanel {
  readonly title: string;
  readonly energy: EnergyRef | undefined;
  readonly directories: readonly string[];
  readonly ui: unknown;
  readonly view?: PanelView;
  readonly sampling?: string | undefined;
  readonly sampleSettings?: PanelSampleSettings;
  /** The run whose diagnosis was shown. */
  readonly diagnosis?: string | undefined;
}

export function storedPanel({ title, model }: { readonly title: string; readonly model: PanelModel }): StoredPanel {
  const directories = model.runs.flatMap(({ directory }) => (directory === undefined ? [] : [directory]));
  const { energy, ui, view, sampling, sampleSettings, diagnosis } = model;
  const found = diagnosis?.state.kind === 'done' ? diagnosis.state.answer.record.runDir : null;
  return {
    title: title === '' ? basename(directories[0] ?? '') : title,
    ...{ energy, directories, ui, view, sampleSettings },
    sampling: sampling?.directory,
    diagnosis: found ?? undefined,
  };
}

/** Fills the model of a panel with what was kept of it. Runs that were deleted meanwhile are no longer shown. */
export async function restorePanel(model: PanelModel, stored: StoredPanel, opener: RunOpener): Promise<void> {
  model.ui = stored.ui;
  model.view = stored.view ?? model.view;
  model.sampleSettings = stored.sampleSettings ?? model.sampleSettings;
  for (const directory of [...stored.directories, ...(stored.sampling === undefined ? [] : [stored.sampling])]) {
    const opened = await opener.open(directory).catch(() => undefined);
    if (opened?.kind === 'fit') model.add(opened.source);
    if (opened?.kind === 'sample') model.sampling = opened.source;
  }
  if (stored.diagnosis !== undefined) model.storedDiagnosis = await opener.diagnosis(stored.diagnosis);
}
