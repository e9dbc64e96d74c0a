/** Controls of a sampler's options, one for each kind. */

import type { Option, OptionValue } from '../../src/shared/samplerForm';
import { checkbox, dropdown, textField } from '../controls';
import { element } from '../dom';
import { asSentenceStart, boundsText, optionLabel, parseOption } from './optionFields';

export interface OptionControl {
  readonly root: HTMLElement;
  readonly set: (value: OptionValue) => void;
}

export interface OptionEvents {
  readonly onValue: (value: OptionValue) => void;
  /** Undefined: what is in the field makes sense. */
  readonly onProblem: (problem: string | undefined) => void;
}

/** @param label in place of that made of its name */
export function optionControl(
  name: string,
  option: Option,
  { onValue, onProblem }: OptionEvents,
  label = optionLabel(name),
): OptionControl {
  const title = asSentenceStart(option.help);
  if (option.kind === 'switch') {
    const control = checkbox(label, onValue);
    return { root: element('div', { class: 'field switch', title }, control.element), set: (value) => control.set(value === true) };
  }
  if (option.kind === 'choice') {
    const control = dropdown(label, onValue);
    return {
      root: element('div', { class: 'field', title }, element('span', { 'aria-hidden': 'true' }, label), control.element),
      set: (value) =>
        control.set(
          String(value),
          option.choices.map((choice) => ({ value: choice, label: choice })),
        ),
    };
  }
  const parse = (text: string): number | string => parseOption(option, text);
  const control = textField({
    label,
    check: (text) => {
      const parsed = parse(text);
      const problem = typeof parsed === 'string' ? parsed : undefined;
      onProblem(problem);
      return problem;
    },
    onCommit: (text) => {
      const parsed = parse(text);
      if (typeof parsed !== 'string') onValue(parsed);
    },
  });
  const bounds = boundsText(option);
  return {
    root: element(
      'div',
      { class: 'field', title },
      control.element,
      ...(bounds === '' ? [] : [element('span', { class: 'bounds' }, bounds)]),
    ),
    set: (value) => control.set(String(value)),
  };
}
