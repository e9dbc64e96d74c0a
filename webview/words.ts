/** The page's texts in the user's language, and names of things in its words. */

import type { PanelText } from '../src/shared/panelTexts';
import type { MixingChoice, ObjectiveName } from '../src/shared/settings';

let texts: Readonly<Record<string, unknown>> | undefined;

/** The text in the language that the host has written into the page, English without one; `{0}` stands for the first argument. */
export function t(text: PanelText, ...args: readonly (string | number)[]): string {
  texts ??= typeof document === 'undefined' ? {} : parse(document.getElementById('panel')?.dataset['texts']);
  const found = texts[text];
  return (typeof found === 'string' ? found : text).replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)] ?? ''));
}

function parse(stored: string | undefined): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(stored ?? '{}');
  return typeof parsed === 'object' && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : {};
}

export const objectiveWords: Readonly<Record<ObjectiveName, string>> = {
  mfd: t('MFD'),
  'mfd-self-normalised': t('MFD, self-normalised'),
  fisher: t('Fisher divergence'),
  sliced: t('sliced score matching'),
  'sliced-vr': t('sliced, variance-reduced'),
  denoising: t('denoising score matching'),
  'noise-annealed': t('score matching, noise annealed'),
  'multi-noise': t('denoising over noise levels'),
};

export const mixingWords: Readonly<Record<MixingChoice, string>> = {
  file: t('as in the file'),
  gaussian: t('Gaussian'),
  uniformBox: t('uniform box'),
};
