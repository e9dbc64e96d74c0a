/** Puts a sentence into the user's language; `{0}` stands for the first argument. The editor passes `vscode.l10n.t`. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** English as it is written, for tests and other places without VS Code. */
export const untranslated: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)] ?? ''));
