/** The settings that are numbers: what they are called, and what makes sense. */

import { t } from './words';

/** A number that the form sets, one record each. */
export interface NumberField {
  readonly key: 'beta' | 'mixingWidth' | 'steps' | 'learningRate' | 'seed';
  readonly label: string;
  readonly help: string;
  readonly whole: boolean;
  readonly fits: (value: number) => boolean;
  readonly complaint: string;
}

/** All of them, in the order of the form. */
export const numberFields: readonly NumberField[] = [
  {
    key: 'beta',
    label: t('Beta'),
    help: t('Weight of the data in the bridged density'),
    whole: false,
    fits: (value) => value > 0 && value < 1,
    complaint: t('Between 0 and 1.'),
  },
  {
    key: 'mixingWidth',
    label: t('Mixing width'),
    help: t('In standard deviations of the data, or in their range for a box; empty takes what fits the data'),
    whole: false,
    fits: (value) => value > 0 && value <= 100,
    complaint: t('Above 0, or empty.'),
  },
  {
    key: 'steps',
    label: t('Steps'),
    help: t('Optimiser steps'),
    whole: true,
    fits: (value) => value >= 1 && value <= 1e8,
    complaint: t('A whole number from 1.'),
  },
  {
    key: 'learningRate',
    label: t('Rate'),
    help: t('Step size of the optimiser at the start'),
    whole: false,
    fits: (value) => value > 0 && value <= 10,
    complaint: t('Above 0, at most 10.'),
  },
  {
    key: 'seed',
    label: t('Seed'),
    help: t('Of all random numbers of the run'),
    whole: true,
    fits: (value) => Number.isSafeInteger(value),
    complaint: t('A whole number.'),
  },
];

/** The number that a text means to a field, or the sentence on why it means none; 0 is an empty field that may be. */
export function parseField(field: NumberField, text: string): number | string {
  if (text === '') return field.key === 'mixingWidth' ? 0 : field.complaint;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && (!field.whole || Number.isInteger(value)) && field.fits(value) ? value : field.complaint;
}

/** The record of a setting. */
export function fieldOf(key: NumberField['key']): NumberField {
  return numberFields.find((field) => field.key === key)!;
}
