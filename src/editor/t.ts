/** The user's language, as VS Code has it. */

import * as vscode from 'vscode';
import type { Translate } from './translate';

export const t: Translate = (message, ...args) => vscode.l10n.t(message, ...args);
