import type * as vscode from 'vscode';
import type { Subscription } from './emitter';

type Changes<T> = NonNullable<vscode.TreeDataProvider<T>['onDidChangeTreeData']>;

/**
 * What a tree view shows, until it is disposed of. VS Code keeps the provider of a view that is gone for as long as the extension host
 * runs: without this it would keep all that the provider knows, down to the runs.
 */
export class ViewContent<T> implements vscode.TreeDataProvider<T>, Subscription {
  readonly onDidChangeTreeData: Changes<T>;
  private provider: vscode.TreeDataProvider<T> | undefined;

  constructor(provider: vscode.TreeDataProvider<T> & { readonly onDidChangeTreeData: Changes<T> }) {
    this.provider = provider;
    this.onDidChangeTreeData = provider.onDidChangeTreeData;
  }

  getChildren(element?: T): vscode.ProviderResult<T[]> {
    return this.provider?.getChildren(element);
  }

  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    if (this.provider === undefined) throw new Error('The view is gone.');
    return this.provider.getTreeItem(element);
  }

  dispose(): void {
    this.provider = undefined;
  }
}
