/** Switches. */

import * as vscode from 'vscode';
import type { Command } from '../commandContext';
import { toggle } from '../settings';
import { t } from '../t';

const shownMilliseconds = 4000;

export const toggleLenses: Command = { id: 'toggleLenses', run: () => toggle('lenses') };

export const toggleLive: Command = {
  id: 'toggleLive',
  run: async () => {
    const on = await toggle('live');
    vscode.window.setStatusBarMessage(
      on ? t('$(zap) Saving an energy file now restarts its fit') : t('Live fits are off'),
      shownMilliseconds,
    );
  },
};
