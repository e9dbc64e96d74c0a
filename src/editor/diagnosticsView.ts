/** The Diagnostics view: what is known of the energies of this window, one sentence each. */

import * as vscode from 'vscode';
import type { CheckService } from './checkService';
import { type DiagnosticItem, diagnosticItems, type ItemStatus } from './diagnosticItems';
import { Disposable } from './disposable';
import { energyKey, type EnergyRef } from './energyRef';
import { type FitService, nameOf } from './fitService';
import { LatestGate } from './latestGate';
import { t } from './t';

type Node =
  | { readonly kind: 'energy'; readonly energy: EnergyRef }
  | { readonly kind: 'item'; readonly energy: EnergyRef; readonly item: DiagnosticItem };

const icons: Readonly<Record<ItemStatus, readonly [string, string]>> = {
  pass: ['pass', 'testing.iconPassed'],
  warn: ['warning', 'list.warningForeground'],
  fail: ['error', 'testing.iconFailed'],
  info: ['info', 'foreground'],
};

export class DiagnosticsView extends Disposable implements vscode.TreeDataProvider<Node> {
  private readonly changes = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  /** Twice a second is enough for reading. */
  private readonly gate = new LatestGate<undefined>(500, () => this.changes.fire(undefined));
  private readonly energies = new Map<string, EnergyRef>();

  constructor(
    private readonly fits: FitService,
    private readonly checks: CheckService,
  ) {
    super();
    this.register({ dispose: () => this.gate.clear() });
    this.register(vscode.window.createTreeView('unblind.diagnostics', { treeDataProvider: this, showCollapseAll: true }));
    this.register(fits.onDidStart(({ request }) => this.add(nameOf(request))));
    this.register(fits.onDidChange(({ change }) => change.type !== 'points' && this.gate.offer(undefined)));
    this.register(
      checks.onDidCheck(({ file, checked }) => {
        for (const [key, energy] of this.energies) if (energy.file === file && fits.latest(energy) === undefined) this.energies.delete(key);
        for (const { name } of checked.energies) this.add({ file, name });
        this.gate.offer(undefined);
      }),
    );
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
    const session = this.fits.latest(energy);
    return diagnosticItems(
      {
        checkLines: this.checks.linesOf(energy),
        info: session?.info,
        points: session?.loss.snapshot(),
        running: session?.isActive === true,
        frame: session?.frame,
        end: session?.end,
        notes: session?.notes ?? [],
      },
      t,
    );
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

function lineItem(energy: EnergyRef, { id, label, status, sentence, details, target }: DiagnosticItem): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = `${energyKey(energy)}\n${id}`;
  item.description = sentence;
  item.iconPath = icon(status);
  item.tooltip = [`${label}: ${sentence}`, ...details].join('\n');
  item.accessibilityInformation = { label: `${label}: ${sentence}, ${status}` };
  const title = target === 'panel' ? t('Open Panel') : t('Open the code');
  item.command = { title, command: target === 'panel' ? 'unblind.openPanel' : 'unblind.showCode', arguments: [energy] };
  return item;
}

function icon(status: ItemStatus): vscode.ThemeIcon {
  const [name, colour] = icons[status];
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}
