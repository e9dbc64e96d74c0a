import * as vscode from 'vscode';
import { chooseEnergy } from '../chooseEnergy';
import type { EnergyRef } from '../energyRef';
import { whyUntrusted } from '../trust';
import { isEnergyArgument } from './arguments';

/** The energy that a command is to run; undefined where the user gave up, or was told why nothing runs before anything was asked. */
export async function trustedEnergy(resource: unknown): Promise<EnergyRef | undefined> {
  const refusal = whyUntrusted();
  if (refusal !== undefined) {
    void vscode.window.showWarningMessage(refusal);
    return undefined;
  }
  return chooseEnergy(isEnergyArgument(resource) ? resource : undefined);
}
