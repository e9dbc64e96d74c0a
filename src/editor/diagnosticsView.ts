/** The Diagnostics view: what is known of the energies of this window, one sentence each. */

import * as vscode from 'vscode';
import type { CheckService } from './checkService';
import { diagnosisItems } from './diagnosisItems';
import type { DiagnoseService } from './diagnoseService';
import { type DiagnosticFacts, type DiagnosticItem, diagnosticItems, type ItemStatus } from './diagnosticItems';
import { Disposable } from './disposable';
import { energyKey, type EnergyRef } from './energyRef';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import { LatestGate } from './latestGate';
import type { HistoryEntry } from './historyEntry';
import { storedFacts } from './storedFacts';
import { t } from './t';
import { ViewContent } from './viewContent';

type Node =
  | { readonly kind: 'energy'; readonly energy: EnergyRef }
  | { readonly kind: 'item'; readonly energy: EnergyRef; readonly item: DiagnosticItem };

const icons: Readonly<Record<ItemStatus, readonly [string, string]>> = {
  pass: ['pass', 'testing.iconPassed'],
  warn: ['warning', 'list.warningForeground'],
  fail: ['error', 'testing.iconFailed'],
  info: ['info', 'foreground'],
  unknown: ['question', 'foreground'],
};

/** What is known of an energy that was never fitted. */
const nothing: DiagnosticFacts = {
  checkLines: [],
  info: undefined,
  points: undefined,
  running: false,
  frame: undefined,
  end: undefined,
  notes: [],
};

export class DiagnosticsView extends Disposable implements vscode.TreeDataProvider<Node> {
  private readonly changes = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  /** Often enough for reading. */
  private readonly gate = new LatestGate<undefined>(2000, () => this.refresh());
  /** What the view showed last. */
  private shown = '';
  private readonly energies = new Map<string, EnergyRef>();
  private stored: ReturnType<typeof storedFacts> = new Map();

  constructor(
    private readonly fits: FitService,
    private readonly checks: CheckService,
    private readonly diagnoses: DiagnoseService,
  ) {
    super();
    this.register({ dispose: () => this.gate.clear() });
    const treeDataProvider = this.register(new ViewContent(this));
    this.register(vscode.window.createTreeView('unblind.diagnostics', { treeDataProvider, showCollapseAll: true }));
    this.register(fits.onDidStart(({ request }) => this.add(nameOf(request))));
    this.register(
      fits.onDidChange(({ change }) => {
        if (change.type !== 'points') this.gate.offer(undefined);
        if (change.type === 'ended') this.gate.flush();
      }),
    );
    this.register(
      diagnoses.onDidChange((energy) => {
        if (!this.energies.has(energyKey(energy))) this.add(energy);
        this.gate.offer(undefined);
      }),
    );
    this.register(diagnoses.onDidEnd(() => this.gate.flush()));
    this.register(
      checks.onDidCheck(({ file, checked }) => {
        for (const [key, energy] of this.energies)
          if (energy.file === file && fits.latest(energy) === undefined && diagnoses.of(energy) === undefined) this.energies.delete(key);
        for (const { name } of checked.energies) this.add({ file, name });
        this.gate.offer(undefined);
      }),
    );
  }

  /** Takes the runs on disk, newest first. */
  take(entries: readonly HistoryEntry[]): void {
    this.stored = storedFacts(entries);
    this.gate.offer(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return [...this.energies.values()].reverse().map((energy) => ({ kind: 'energy', energy }));
    if (node.kind === 'item') return [];
    return this.itemsOf(node.energy).map((item) => ({ kind: 'item', energy: node.energy, item }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'energy' ? this.energyItem(node.energy) : lineItem(node.energy, node.item);
  }

  /** Lines of an energy, as the view shows them. */
  itemsOf(energy: EnergyRef): DiagnosticItem[] {
    const stored = this.stored.get(energyKey(energy))?.facts.diagnosis;
    return [...this.runItems(energy), ...diagnosisItems(this.diagnoses.of(energy)?.state, stored, t)];
  }

  private runItems(energy: EnergyRef): DiagnosticItem[] {
    const session = this.fits.latest(energy);
    const checkLines = this.checks.linesOf(energy);
    const stored = this.stored.get(energyKey(energy))?.facts;
    if (session === undefined) return diagnosticItems({ ...(stored ?? nothing), checkLines }, t);
    const { info, isActive: running, frame, end, notes } = session;
    return diagnosticItems({ checkLines, info, points: session.loss.snapshot(), running, frame, end, notes }, t);
  }

  /** Tells the view, where it would show something else than before. */
  private refresh(): void {
    const shown = JSON.stringify([...this.energies.values()].map((energy) => [energy, this.itemsOf(energy)]));
    if (shown === this.shown) return;
    this.shown = shown;
    this.changes.fire(undefined);
  }

  private add(energy: EnergyRef): void {
    const key = energyKey(energy);
    this.energies.delete(key);
    this.energies.set(key, energy);
    this.gate.offer(undefined);
  }

  private energyItem(energy: EnergyRef): vscode.TreeItem {
    const item = new vscode.TreeItem(energy.name, vscode.TreeItemCollapsibleState.Expanded);
    item.id = energyKey(energy);
    item.description = vscode.workspace.asRelativePath(energy.file);
    const statuses = this.itemsOf(energy).map(({ status }) => status);
    const worst = (['fail', 'warn'] as const).find((status) => statuses.includes(status)) ?? 'pass';
    item.iconPath = icon(worst);
    return item;
  }
}

function lineItem(energy: EnergyRef, diagnostic: DiagnosticItem): vscode.TreeItem {
  const { id, label, status, sentence, details } = diagnostic;
  const item = new vscode.TreeItem(label);
  item.id = `${energyKey(energy)}\n${id}`;
  item.description = sentence;
  item.iconPath = icon(status);
  item.tooltip = [`${label}: ${sentence}`, ...details].join('\n');
  item.accessibilityInformation = { label: `${label}: ${sentence}, ${status}` };
  item.command = commandOf(energy, diagnostic);
  return item;
}

/** What a click does. */
function commandOf(energy: EnergyRef, { target, beta }: DiagnosticItem): vscode.Command {
  switch (target) {
    case 'panel':
      return { title: t('Open Panel'), command: 'unblind.openPanel', arguments: [energy] };
    case 'code':
      return { title: t('Open the code'), command: 'unblind.showCode', arguments: [energy] };
    case 'diagnosis':
      return { title: t('Open Panel'), command: 'unblind.openPanel', arguments: [energy, 'diagnosis'] };
    case 'advisedFit':
      return { title: t('Fit EBM with MFD'), command: 'unblind.fit', arguments: [energy, beta] };
    case 'sample':
      return { title: t('Sample...'), command: 'unblind.sample', arguments: [energy] };
  }
}

function icon(status: ItemStatus): vscode.ThemeIcon {
  const [name, colour] = icons[status];
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}
