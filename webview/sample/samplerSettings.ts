/** What the next sampling is asked for: which sampler, from where, and its options. */

import type { PanelSampleSettings } from '../../src/shared/panelProtocol';
import { formatFixed } from '../../src/shared/plot/numberFormat';
import type { SamplerForm } from '../../src/shared/samplerForm';
import type { Context, Part } from '../context';
import { dropdown } from '../controls';
import { element, setText } from '../dom';
import type { PageState } from '../state';
import { t } from '../words';
import { type OptionControl, optionControl } from './optionControls';
import { optionValue, particlesOption, seedOption, withOption } from './optionFields';

const startWords: Readonly<Record<PanelSampleSettings['start'], string>> = {
  data: t('rows of the data'),
  normal: t('a normal distribution'),
  uniform: t('a uniform box'),
  particles: t('the last particles'),
};

/** The chosen sampler's form; undefined leaves the choice to the engine. */
export function chosenSampler({ samplers, sampleSettings }: PageState): SamplerForm | undefined {
  return samplers.find(({ name }) => name === sampleSettings.sampler);
}

export function samplerSettings({ store, host }: Context): Part {
  const change = (changes: Partial<PanelSampleSettings>): void => {
    store.dispatch({ type: 'sampleSettings', changes });
    host.command({ name: 'setSampling', settings: store.state.sampleSettings });
  };
  const onProblem = (field: string) => (problem: string | undefined) => {
    if (store.state.sampleProblems[field] !== problem) store.dispatch({ type: 'sampleProblem', field, problem });
  };
  const sampler = dropdown(t('Sampler'), (value) => {
    for (const field of Object.keys(store.state.sampleProblems)) if (field.includes('.')) onProblem(field)(undefined);
    change({ sampler: value === '' ? undefined : value });
  });
  const start = dropdown(t('Start'), (value) => {
    const chosen = (['data', 'normal', 'uniform', 'particles'] as const).find((name) => name === value);
    if (chosen) change({ start: chosen });
  });
  const particles = optionControl(
    'particles',
    particlesOption,
    { onValue: (value) => change({ particles: Number(value) }), onProblem: onProblem('particles') },
    t('Particles'),
  );
  const seed = optionControl(
    'seed',
    seedOption,
    { onValue: (value) => change({ seed: Number(value) }), onProblem: onProblem('seed') },
    t('Seed'),
  );
  const brief = element('span', { class: 'brief' });
  const summary = element('summary', {}, element('span', { class: 'summary-name' }, t('Settings')), brief);
  const about = element('p', { class: 'note' });
  const optionFields = element('div', { class: 'fields' });
  const root = element(
    'details',
    { class: 'settings' },
    summary,
    element(
      'div',
      { class: 'fields' },
      labelled(t('Sampler'), sampler.element),
      labelled(t('Start'), start.element),
      particles.root,
      seed.root,
    ),
    about,
    optionFields,
  );
  root.addEventListener('toggle', () => {
    if (store.state.ui.samplerOpen !== root.open) store.dispatch({ type: 'ui', changes: { samplerOpen: root.open } });
  });
  let shownOpen = false;
  let shown: { readonly form: SamplerForm | undefined; readonly controls: ReadonlyMap<string, OptionControl> } | undefined;

  function controlsOf(form: SamplerForm | undefined): ReadonlyMap<string, OptionControl> {
    if (shown && shown.form?.name === form?.name) return shown.controls;
    const controls = new Map(
      Object.entries(form?.options ?? {}).map(([name, option]) => {
        const onValue = (value: number | boolean | string): void =>
          change({ options: withOption(store.state.sampleSettings, form?.name ?? '', name, option, value) });
        return [name, optionControl(name, option, { onValue, onProblem: onProblem(`${form?.name ?? ''}.${name}`) })] as const;
      }),
    );
    optionFields.replaceChildren(...[...controls.values()].map((control) => control.root));
    shown = { form, controls };
    return controls;
  }

  const render = (state: PageState): void => {
    const { sampleSettings: settings, samplers, sampling } = state;
    if (shownOpen !== state.ui.samplerOpen) {
      shownOpen = state.ui.samplerOpen;
      root.open = shownOpen;
    }
    const form = chosenSampler(state);
    sampler.set(form?.name ?? '', [
      { value: '', label: t('automatic') },
      ...samplers.map(({ name, label, summary: title }) => ({ value: name, label, title })),
    ]);
    const hasLast = sampling?.state.kind === 'ended' && sampling.frame !== undefined;
    start.set(
      settings.start,
      (['data', 'normal', 'uniform', 'particles'] as const).map((value) => ({
        value,
        label: startWords[value],
        disabled: value === 'particles' && !hasLast && settings.start !== 'particles',
      })),
    );
    particles.set(settings.particles);
    seed.set(settings.seed);
    const controls = controlsOf(form);
    for (const [name, control] of controls) {
      const option = form?.options[name];
      if (form && option) control.set(optionValue(settings, form.name, name, option));
    }
    setText(about, form ? form.summary : t('The sampler that suits the energy is taken, with its usual options.'));
    setText(
      brief,
      [
        form?.label ?? t('automatic'),
        t('{0} particles', formatFixed(settings.particles, 0)),
        startWords[settings.start],
        t('seed {0}', settings.seed),
        ...Object.entries(form ? (settings.options[form.name] ?? {}) : {}).map(([name, value]) => `${name} ${value}`),
      ].join(' · '),
    );
  };
  return { root, render };
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'field' }, element('span', { 'aria-hidden': 'true' }, label), control);
}
