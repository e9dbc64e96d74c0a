/** The extension's settings. */

import * as vscode from 'vscode';

export type SettingName = Switch | 'executor' | 'runs.onClose';

type Switch = 'lenses' | 'live' | 'checkOnSave' | 'checkWhileTyping';

const section = 'unblind';

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(section);
}

export function isOn(name: Switch): boolean {
  return configuration().get<boolean>(name) ?? name !== 'live';
}

/** 'auto' or an executor's id. */
export function chosenExecutor(): string {
  return configuration().get<string>('executor') ?? 'auto';
}

/** Whether runs go on once their window is closed. */
export function outlivesWindow(): boolean {
  return configuration().get<string>('runs.onClose') !== 'stop';
}

/** Turns a switch where it was set: in the workspace if it is set there, else for the user. */
export async function toggle(name: Switch): Promise<boolean> {
  const value = !isOn(name);
  const inWorkspace = configuration().inspect(name)?.workspaceValue !== undefined;
  await configuration().update(name, value, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
  return value;
}

/** Tells when one of the settings has changed. */
export function onDidChangeSetting(name: SettingName, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${name}`)) listener();
  });
}
