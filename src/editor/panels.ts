/** All panels of the window: one an energy, and one for each comparison of stored runs. They survive a reload. */

import * as vscode from 'vscode';
import type { PanelCommand } from '../shared/panelProtocol';
import { Disposable } from './disposable';
import { energyKey, type EnergyRef } from './energyRef';
import { nameOf } from './sessionService';
import { Panel, panelOptions, type PanelServices, panelType } from './panel';
import { PanelModel } from './panelModel';
import { SessionSource } from './panelRuns';
import { formAfter } from './panelSampleSettings';
import { SessionSampling } from './panelSamplings';
import { restorePanel, type StoredPanel, storedPanel } from './panelMemory';
import type { RunOpener } from './runOpener';
import type { RunSession } from './runSession';
import type { SampleSession } from './sampleSession';
import { chosenExecutor } from './settings';
import { t } from './t';

const memoryKey = 'unblind.panels';

export class Panels extends Disposable implements vscode.WebviewPanelSerializer {
  private readonly panels = new Set<Panel>();
  /** What a reload left behind; each entry is taken once. */
  private remembered: StoredPanel[];
  private saving: NodeJS.Timeout | undefined;

  /** @param runCommand carries out what the user asks for in a page */
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly services: PanelServices,
    private readonly opener: RunOpener,
    private readonly runCommand: (panel: Panel, command: PanelCommand) => Promise<void>,
  ) {
    super();
    this.remembered = context.workspaceState.get<StoredPanel[]>(memoryKey, []);
    this.register(vscode.window.registerWebviewPanelSerializer(panelType, this));
    this.register(services.fits.onDidStart((session) => this.showFit(session)));
    this.register(services.samples.onDidStart((session) => this.showSampling(session)));
    this.register(services.fits.onDidJoin((session) => this.joinFit(session)));
    this.register(services.samples.onDidJoin((session) => this.joinSampling(session)));
    this.register(
      services.diagnoses.onDidEnd(({ request }) => {
        // Nobody can ask its process anything.
        if (this.find(nameOf(request)) === undefined) services.diagnoses.release(nameOf(request));
      }),
    );
    this.register({ dispose: () => clearTimeout(this.saving) });
  }

  get all(): readonly Panel[] {
    return [...this.panels];
  }

  /** The panel of an energy, if it is open. */
  find(energy: EnergyRef): Panel | undefined {
    return this.all.find(({ model }) => model.energy !== undefined && energyKey(model.energy) === energyKey(energy));
  }

  /** Opens the panel of an energy, or shows it where it is. */
  async open(energy: EnergyRef): Promise<Panel> {
    const there = this.find(energy);
    if (there !== undefined) {
      there.reveal();
      return there;
    }
    const panel = this.create(energy.name, energy);
    const session = this.services.fits.latest(energy);
    if (session !== undefined) panel.model.add(new SessionSource(session, t));
    const sampling = this.services.samples.latest(energy);
    if (sampling !== undefined) panel.model.sampling = new SessionSampling(sampling, t);
    return Promise.resolve(panel);
  }

  /** Opens stored runs: in the panel of their energy where they have one in common. Rejects with RunError where one cannot be read. */
  async openStored(directories: readonly string[]): Promise<Panel> {
    const runs = await Promise.all(directories.map((directory) => this.opener.open(directory)));
    const keys = new Set(runs.map(({ energy }) => energyKey(energy)));
    const energy = keys.size === 1 ? runs[0]!.energy : undefined;
    const title = energy?.name ?? t('Comparison');
    const panel = (energy === undefined ? undefined : this.find(energy)) ?? this.create(title, energy);
    for (const run of runs) {
      if (run.kind === 'fit') panel.model.add(run.source);
      else panel.model.sampling = run.source;
    }
    panel.model.storedDiagnosis ??= await this.opener.diagnosis(directories.at(-1)!);
    panel.show(runs.at(-1)?.kind === 'sample' ? 'sample' : 'fit');
    panel.reveal();
    panel.hydrate();
    this.save();
    return panel;
  }

  async deserializeWebviewPanel(webview: vscode.WebviewPanel): Promise<void> {
    const at = this.remembered.findIndex(({ title }) => title === webview.title);
    const [stored] = at < 0 ? [undefined] : this.remembered.splice(at, 1);
    webview.webview.options = panelOptions(this.context.extensionUri);
    const panel = this.adopt(webview, stored?.energy);
    if (stored !== undefined) await restorePanel(panel.model, stored, this.opener);
    panel.hydrate();
  }

  private showFit(session: RunSession): void {
    const energy = nameOf(session.request);
    const panel = this.find(energy) ?? this.create(energy.name, energy);
    const { warmFrom } = session.request;
    const continued = warmFrom === undefined ? undefined : panel.model.runs.find(({ directory }) => directory === warmFrom);
    const source = new SessionSource(session, t, continued?.session);
    if (continued === undefined) panel.model.add(source);
    else panel.model.replace(continued, source);
    if (warmFrom === undefined) panel.show('fit');
    if (!panel.visible) panel.reveal();
    panel.hydrate();
  }

  private showSampling(session: SampleSession): void {
    const energy = nameOf(session.request);
    const panel = this.find(energy) ?? this.create(energy.name, energy);
    panel.model.sampling = new SessionSampling(session, t);
    panel.model.sampleSettings = formAfter(panel.model.sampleSettings, session.request);
    panel.show('sample');
    panel.hydrate();
  }

  /** A run that is shown as it lies on disk is shown live. */
  private joinFit(session: RunSession): void {
    for (const panel of this.all) {
      const stored = panel.model.runs.find((run) => run.session === undefined && run.directory === session.directory);
      if (stored === undefined) continue;
      panel.model.replace(stored, new SessionSource(session, t));
      panel.hydrate();
    }
  }

  private joinSampling(session: SampleSession): void {
    for (const panel of this.all) {
      if (panel.model.sampling?.session !== undefined || panel.model.sampling?.directory !== session.directory) continue;
      panel.model.sampling = new SessionSampling(session, t);
      panel.hydrate();
    }
  }

  private create(title: string, energy: EnergyRef | undefined): Panel {
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return this.adopt(vscode.window.createWebviewPanel(panelType, title, where, panelOptions(this.context.extensionUri)), energy);
  }

  private adopt(webview: vscode.WebviewPanel, energy: EnergyRef | undefined): Panel {
    const model = new PanelModel(energy, t, chosenExecutor);
    const actions = { run: this.runCommand, changed: () => this.save() };
    const panel = new Panel(webview, model, this.context.extensionUri, this.services, actions);
    if (energy !== undefined) model.liveDiagnosis = this.services.diagnoses.of(energy)?.shown;
    this.panels.add(panel);
    panel.onDidClose(() => {
      this.panels.delete(panel);
      if (energy !== undefined) this.services.diagnoses.release(energy);
      this.save();
    });
    this.save();
    return panel;
  }

  /** Remembers the panels, soon. */
  private save(): void {
    clearTimeout(this.saving);
    if (this.isDisposed) return;
    this.saving = setTimeout(() => void this.context.workspaceState.update(memoryKey, this.all.map(storedPanel)), 300);
  }
}
