/**
 * What VS Code says to the user, and answers in the user's place. Tests lie inside the extension's folder, so that the extension and
 * they share one `vscode`: its functions are wrapped here, and pass on what no answer was given for.
 */

import * as vscode from 'vscode';

export interface Said {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

type Show = (message: string, ...rest: readonly unknown[]) => Thenable<unknown>;
type Pick = (items: unknown, options?: vscode.QuickPickOptions) => Thenable<unknown>;

const said: Said[] = [];
let buttons: string[] = [];
let picks: RegExp[] = [];
let target: vscode.Uri | undefined;

const window = vscode.window as unknown as Record<string, Show> & { showQuickPick: Pick; showSaveDialog: () => Thenable<unknown> };

for (const kind of ['information', 'warning', 'error'] as const) {
  const name = `show${kind[0]!.toUpperCase()}${kind.slice(1)}Message`;
  const real = window[name]!.bind(vscode.window);
  window[name] = (message, ...rest) => {
    const offered = rest.filter((part) => typeof part === 'string');
    said.push({ kind, text: message, buttons: offered });
    const modal = rest.some((part) => typeof part === 'object' && part !== null && 'modal' in part);
    const at = buttons.findIndex((button) => offered.includes(button));
    if (at >= 0) return Promise.resolve(buttons.splice(at, 1)[0]);
    // Nobody would ever close a modal dialog.
    return modal ? Promise.resolve(undefined) : real(message, ...rest);
  };
}

const realPick = window.showQuickPick.bind(vscode.window);
window.showQuickPick = async (items, options) => {
  const wanted = picks.shift();
  if (wanted === undefined) return realPick(items, options);
  const all = (await items) as readonly (string | vscode.QuickPickItem)[];
  const chosen = all.filter((item) => wanted.test(typeof item === 'string' ? item : item.label));
  if (chosen.length === 0) throw new Error(`${String(wanted)} is none of ${JSON.stringify(all)}.`);
  return options?.canPickMany === true ? chosen : chosen[0];
};

const realSave = window.showSaveDialog.bind(vscode.window);
window.showSaveDialog = (...args) => {
  const chosen = target;
  target = undefined;
  return chosen === undefined ? realSave(...args) : Promise.resolve(chosen);
};

/** Messages since the last call of `forget`. */
export function messages(): readonly Said[] {
  return said;
}

/** Forgets messages and answers. */
export function forget(): void {
  said.length = 0;
  [buttons, picks, target] = [[], [], undefined];
}

/** The next message that offers this button is answered by it. */
export function press(button: string): void {
  buttons.push(button);
}

/** The next lists to choose from are answered by what matches: one expression for each list. */
export function choose(...labels: readonly RegExp[]): void {
  picks.push(...labels);
}

/** The next question for a place to save is answered by this one. */
export function saveAs(file: string): void {
  target = vscode.Uri.file(file);
}

/** Presses Enter in whatever list is open until the work is done, as somebody does who takes what is offered. */
export async function pressEnterUntilDone(work: Thenable<unknown>): Promise<void> {
  const state = { done: false };
  const finish = (): void => {
    state.done = true;
  };
  work.then(finish, finish);
  while (!state.done) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await work;
}

/** Whether a text is one that a user may be shown: no trace of calls, no bare name of an error. */
export function isPlain(text: string): boolean {
  return !/\n\s+at |\bat \S+ \(|TypeError|undefined|\[object/.test(text);
}
