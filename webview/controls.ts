/**
 * Buttons, fields and menus. The only file that knows the toolkit, so that another one is one edit; the toolkit has no slider,
 * which is the browser's own.
 */

import {
  type Button,
  type Checkbox,
  type Dropdown,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { element, icon, type IconName, setAttributes } from './dom';

type ButtonElement = HTMLElement & Pick<Button, 'appearance' | 'disabled'>;
type DropdownElement = HTMLElement & Pick<Dropdown, 'value' | 'open'>;
type TextFieldElement = HTMLElement & Pick<TextField, 'value' | 'placeholder'>;
type CheckboxElement = HTMLElement & Pick<Checkbox, 'checked'>;

/** Must be called once, before any control is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}

export interface ButtonControl {
  readonly element: HTMLElement;
  readonly set: (state: {
    readonly label?: string;
    readonly icon?: IconName;
    readonly disabled?: boolean;
    readonly title?: string;
  }) => void;
}

/** A button; `look` 'icon' shows the picture alone, and says its label to screen readers. */
export function button(options: {
  readonly label: string;
  readonly icon?: IconName;
  readonly look?: 'primary' | 'secondary' | 'icon';
  readonly onClick: () => void;
}): ButtonControl {
  const made = document.createElement('vscode-button') as ButtonElement;
  const look = options.look ?? 'secondary';
  made.appearance = look;
  made.addEventListener('click', () => {
    if (!made.disabled) options.onClick();
  });
  const set: ButtonControl['set'] = (state) => {
    if (state.disabled !== undefined && made.disabled !== state.disabled) made.disabled = state.disabled;
    if (state.title !== undefined) setAttributes(made, { title: state.title });
    if (state.label === undefined && state.icon === undefined) return;
    const key = `${state.label ?? ''} ${state.icon ?? ''}`;
    if (made.dataset['shows'] === key) return;
    made.dataset['shows'] = key;
    const label = state.label ?? '';
    // As an attribute: an icon's button without one is given a name by the toolkit.
    made.setAttribute('aria-label', label);
    if (look === 'icon') made.title = label;
    made.replaceChildren(...(state.icon ? [icon(state.icon)] : []), ...(look === 'icon' ? [] : [label]));
    if (look !== 'icon' && state.icon) made.firstElementChild?.setAttribute('slot', 'start');
  };
  set({ label: options.label, ...(options.icon ? { icon: options.icon } : {}) });
  return { element: made, set };
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly title?: string;
}

export interface DropdownControl {
  readonly element: HTMLElement;
  readonly set: (value: string, choices: readonly Choice[]) => void;
}

/** A menu of which one entry is chosen. `label` is said by screen readers. */
export function dropdown(label: string, onChange: (value: string) => void): DropdownControl {
  const made = document.createElement('vscode-dropdown') as DropdownElement;
  made.setAttribute('aria-label', label);
  made.addEventListener('change', () => onChange(made.value));
  let shown = '';
  const set: DropdownControl['set'] = (value, choices) => {
    const key = JSON.stringify(choices);
    if (key !== shown) {
      shown = key;
      made.replaceChildren(
        ...choices.map((choice) => {
          const option = document.createElement('vscode-option');
          setAttributes(option, {
            value: choice.value,
            disabled: choice.disabled === true,
            title: choice.title ?? false,
            selected: choice.value === value,
          });
          option.textContent = choice.label;
          return option;
        }),
      );
      // Options become known to the menu only once they are upgraded and slotted.
      setTimeout(() => (made.value = value));
    } else if (made.value !== value && !made.open) made.value = value;
  };
  return { element: made, set };
}

export interface FieldControl {
  readonly element: HTMLElement;
  readonly set: (value: string) => void;
}

/** A line of text, taken on Enter or when it is left; `check` gives a sentence where it makes no sense. */
export function textField(options: {
  readonly label: string;
  readonly check: (text: string) => string | undefined;
  readonly onCommit: (text: string) => void;
  readonly placeholder?: string;
}): FieldControl {
  const made = document.createElement('vscode-text-field') as TextFieldElement;
  // The toolkit takes the name of a field from its text, which stands above it.
  made.textContent = options.label;
  if (options.placeholder !== undefined) made.placeholder = options.placeholder;
  const complaint = element('span', { class: 'complaint', role: 'alert' });
  const validate = (): boolean => {
    const problem = options.check(made.value.trim());
    complaint.textContent = problem ?? '';
    setAttributes(made, { 'aria-invalid': problem === undefined ? false : 'true', class: problem === undefined ? false : 'invalid' });
    return problem === undefined;
  };
  made.addEventListener('change', () => {
    if (validate()) options.onCommit(made.value.trim());
  });
  const set = (value: string): void => {
    // What is being typed is the user's.
    if (document.activeElement === made || made.value === value) return;
    if (made.classList.contains('invalid')) return;
    made.value = value;
  };
  return { element: element('span', { class: 'field-box' }, made, complaint), set };
}

export interface CheckControl {
  readonly element: HTMLElement;
  readonly set: (checked: boolean, hidden?: boolean) => void;
}

/** A toggle; `mark` is a class of the coloured mark before its label. */
export function checkbox(label: string, onChange: (checked: boolean) => void, mark?: string): CheckControl {
  const made = document.createElement('vscode-checkbox') as CheckboxElement;
  made.append(...(mark === undefined ? [] : [element('i', { class: `mark ${mark}`, 'aria-hidden': 'true' })]), label);
  let setting = false;
  made.addEventListener('change', () => {
    if (!setting) onChange(made.checked);
  });
  const set = (checked: boolean, hidden = false): void => {
    setting = true;
    if (made.checked !== checked) made.checked = checked;
    setting = false;
    made.hidden = hidden;
  };
  return { element: made, set };
}

export interface SliderControl {
  readonly element: HTMLInputElement;
  readonly set: (value: number, most?: number, text?: string) => void;
}

/** Whole numbers from 0 to `most`; `text` says the value in words to screen readers. */
export function slider(label: string, most: number, onInput: (value: number) => void): SliderControl {
  const made = element('input', { type: 'range', min: '0', max: String(most), step: '1', 'aria-label': label });
  // The part before the thumb has another colour.
  const fill = (): void => made.style.setProperty('--share', `${(100 * Number(made.value)) / Math.max(1, Number(made.max))}%`);
  made.addEventListener('input', () => {
    fill();
    onInput(Number(made.value));
  });
  const set: SliderControl['set'] = (value, newMost, text) => {
    if (newMost !== undefined) setAttributes(made, { max: String(newMost) });
    if (made.value !== String(value)) made.value = String(value);
    fill();
    if (text !== undefined) setAttributes(made, { 'aria-valuetext': text });
  };
  return { element: made, set };
}
