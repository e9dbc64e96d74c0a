/** What a sampler lets its user choose, as records: help, forms, checks and types are made from them. */

/** A number with its bounds, which are inclusive unless `above` is given. */
export interface NumberOption {
  readonly kind: 'number' | 'integer';
  readonly default: number;
  readonly least?: number;
  readonly above?: number;
  readonly most?: number;
  /** What it is, for help: a phrase without a full stop. */
  readonly help: string;
}

export interface SwitchOption {
  readonly kind: 'switch';
  readonly default: boolean;
  readonly help: string;
}

export interface ChoiceOption<C extends string = string> {
  readonly kind: 'choice';
  readonly default: C;
  readonly choices: readonly C[];
  readonly help: string;
}

export type Option = NumberOption | SwitchOption | ChoiceOption;
export type OptionTable = Readonly<Record<string, Option>>;
export type OptionValue = number | boolean | string;

/** A sampler as menus and forms know it. */
export interface SamplerForm {
  readonly name: string;
  readonly label: string;
  /** One sentence. */
  readonly summary: string;
  readonly options: OptionTable;
}
