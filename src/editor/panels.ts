/** All panels of the window: one an energy, and one for each comparison of stored runs. They survive a reload. */

import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { PanelCommand } from '../shared/panelProtocol';
import { Disposable } from './disposable';
import type { EngineQuestions } from './engineQuestions';
import { energyKey, type EnergyRef } from './energyRef';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import { Panel, panelOptions, panelType } from './panel';
import { PanelModel } from './panelModel';
import { type PanelRunSource, SessionSource } from './panelRuns';
import type { RunSession } from './runSession';
import { chosenExecutor } from './settings';
import { t } from './t';

/** What is kept of a panel over a reload. */
interface StoredPanel {
  readonly title: string;
  readonly energy: EnergyRef | undefined;
  readonly directories: readonly string[];
  readonly ui: unknown;
}

const memoryKey = 'unblind.panels';

export class Panels extends Disposable implements vscode.WebviewPanelSerializer {
  private readonly panels = new Set<Panel>();
  /** What a reload left behind; each entry is taken once. */
  private remembered: StoredPanel[];
  private saving: NodeJS.Timeout | undefined;

  /** @param runCommand carries out what the user asks for in a page */
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly fits: FitService,
    private readonly questions: EngineQuestions,
    private readonly runCommand: (panel: Panel, command: PanelCommand) => Promise<void>,
  ) {
    super();
    this.remembered = context.workspaceState.get<StoredPanel[]>(memoryKey, []);
    this.register(vscode.window.registerWebviewPanelSerializer(panelType, this));
    this.register(fits.onDidStart((session) => this.show(session)));
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
    const session = this.fits.latest(energy);
    if (session !== undefined) panel.model.add(new SessionSource(session, t));
    return Promise.resolve(panel);
  }

  /** Opens stored runs: in the panel of their energy where they have one in common. Throws RunError where one cannot be read. */
  async openStored(directories: readonly string[]): Promise<Panel> {
    const { StoredRun } = await import('./storedRun');
    const runs = directories.map((directory) => StoredRun.open(directory, t));
    const keys = new Set(runs.map(({ energy }) => energyKey(energy)));
    const energy = keys.size === 1 ? runs[0]!.energy : undefined;
    const title = energy?.name ?? t('Comparison');
    const panel = (energy === undefined ? undefined : this.find(energy)) ?? this.create(title, energy);
    for (const run of runs) panel.model.add(this.liveSource(run.directory) ?? run);
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
    panel.model.ui = stored?.ui;
    const { StoredRun } = await import('./storedRun');
    for (const directory of stored?.directories ?? []) {
      try {
        panel.model.add(this.liveSource(directory) ?? StoredRun.open(directory, t));
      } catch {
        // A run that was deleted meanwhile is no longer shown.
      }
    }
    panel.hydrate();
  }

  /** A run of this window that writes to the directory. */
  private liveSource(directory: string): PanelRunSource | undefined {
    const session = this.fits.all.find(({ info }) => info?.runDir === directory);
    return session === undefined ? undefined : new SessionSource(session, t);
  }

  private show(session: RunSession): void {
    const energy = nameOf(session.request);
    const panel = this.find(energy) ?? this.create(energy.name, energy);
    const { warmFrom } = session.request;
    const continued = warmFrom === undefined ? undefined : panel.model.runs.find(({ directory }) => directory === warmFrom);
    const source = new SessionSource(session, t, continued?.session);
    if (continued === undefined) panel.model.add(source);
    else panel.model.replace(continued, source);
    if (!panel.visible) panel.reveal();
    panel.hydrate();
  }

  private create(title: string, energy: EnergyRef | undefined): Panel {
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return this.adopt(vscode.window.createWebviewPanel(panelType, title, where, panelOptions(this.context.extensionUri)), energy);
  }

  private adopt(webview: vscode.WebviewPanel, energy: EnergyRef | undefined): Panel {
    const model = new PanelModel(energy, t, chosenExecutor);
    const actions = { run: this.runCommand, changed: () => this.save() };
    const panel = new Panel(webview, model, this.context.extensionUri, this.fits, this.questions, actions);
    this.panels.add(panel);
    panel.onDidClose(() => {
      this.panels.delete(panel);
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

function storedPanel({ title, model }: Panel): StoredPanel {
  const directories = model.runs.flatMap(({ directory }) => (directory === undefined ? [] : [directory]));
  return { title: title === '' ? basename(directories[0] ?? '') : title, energy: model.energy, directories, ui: model.ui };
}
