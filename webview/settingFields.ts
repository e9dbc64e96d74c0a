/** The settings that are numbers: what they are called, and what makes sense. */

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
    label: 'Beta',
    help: 'Weight of the data in the bridged density',
    whole: false,
    fits: (value) => value > 0 && value < 1,
    complaint: 'Between 0 and 1.',
  },
  {
    key: 'mixingWidth',
    label: 'Mixing width',
    help: 'Standard deviation of a Gaussian mixing density, in those of the data; empty takes the file’s',
    whole: false,
    fits: (value) => value > 0 && value <= 100,
    complaint: 'Above 0, or empty.',
  },
  {
    key: 'steps',
    label: 'Steps',
    help: 'Optimiser steps',
    whole: true,
    fits: (value) => value >= 1 && value <= 1e8,
    complaint: 'A whole number from 1.',
  },
  {
    key: 'learningRate',
    label: 'Rate',
    help: 'Step size of the optimiser at the start',
    whole: false,
    fits: (value) => value > 0 && value <= 10,
    complaint: 'Above 0, at most 10.',
  },
  {
    key: 'seed',
    label: 'Seed',
    help: 'Of all random numbers of the run',
    whole: true,
    fits: (value) => Number.isSafeInteger(value),
    complaint: 'A whole number.',
  },
];

/** The number that a text means to a field, or the sentence on why it means none; null is an empty field that may be. */
export function parseField(field: NumberField, text: string): number | null | string {
  if (text === '') return field.key === 'mixingWidth' ? null : field.complaint;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && (!field.whole || Number.isInteger(value)) && field.fits(value) ? value : field.complaint;
}

/** The record of a setting. */
export function fieldOf(key: NumberField['key']): NumberField {
  return numberFields.find((field) => field.key === key)!;
}
