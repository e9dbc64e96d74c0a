/** Which mode's weight moves, and with which bridge: the curves follow the sliders. */

import type { BridgeRequest } from '../../src/shared/diagnosisProtocol';
import { formatNumber, formatSmall } from '../../src/shared/plot/numberFormat';
import type { Context, Part } from '../context';
import { dropdown, slider, type SliderControl } from '../controls';
import { element, setText } from '../dom';
import type { PageState } from '../state';
import { t } from '../words';
import { betaAt, betaSteps, placeOfBeta, placeOfWidth, widthAt, widthSteps } from './bridgeScale';
import { bridgeShown, figuresOf, isBridging, recordOf } from './diagnosisState';
import { latest } from './latest';
import { modeName } from './modeNames';

/** Milliseconds between two requests while a slider is dragged. */
const period = 80;

export function bridgeControls({ store, host }: Context): Part {
  const send = latest<BridgeRequest>(period, (request) => {
    const { diagnosis } = store.state;
    if (diagnosis?.live) host.post({ type: 'bridge', id: diagnosis.id, request });
  });
  const change = (changes: Partial<BridgeRequest>): void => {
    const shown = bridgeShown(store.state);
    if (!shown || !store.state.diagnosis?.live) return;
    const request = { ...shown, ...changes };
    store.dispatch({ type: 'bridge', request });
    send(request);
  };
  const mode = dropdown(t('Mode whose weight moves'), (value) => change({ mode: Number(value) }));
  const modeField = element('div', { class: 'slice-row' }, element('span', { 'aria-hidden': 'true' }, t('Mode')), mode.element);
  const beta = slider(t('Beta'), betaSteps, (place) => change({ beta: betaAt(place) }));
  const width = slider(t('Width of m'), widthSteps, (place) => change({ width: widthAt(place) }));
  const [betaRow, widthRow] = [sliderRow('β', beta), sliderRow(t('width of m'), width)];
  const visibility = element('p', { class: 'note', role: 'status' });
  const note = element('p', { class: 'note' });
  const root = element(
    'div',
    { class: 'slice' },
    modeField,
    element('div', { class: 'bridge-sliders', role: 'group', 'aria-label': t('Bridge') }, betaRow.root, widthRow.root),
    visibility,
    note,
  );
  const render = (state: PageState): void => {
    const record = recordOf(state);
    const shown = bridgeShown(state);
    root.hidden = !record || !shown;
    if (!record || !shown) return;
    const live = state.diagnosis?.live ?? false;
    mode.set(
      String(shown.mode),
      record.modes.map((each, index) => ({ value: String(index), label: modeName(each, index), disabled: !live && index !== shown.mode })),
    );
    for (const control of [beta, width]) control.element.disabled = !live;
    betaRow.set(placeOfBeta(shown.beta), formatNumber(shown.beta, 2));
    widthRow.set(placeOfWidth(shown.width), `× ${formatNumber(shown.width, 2)}`);
    setText(visibility, visibilityWords(state));
    const problem = live ? state.bridged?.problem : t('The process that computed this has ended: diagnose again to move the sliders.');
    setText(note, problem ?? bridgeWords(state));
  };
  return { root, render };
}

function bridgeWords(state: PageState): string {
  const { curves } = figuresOf(state);
  return curves ? t('m is {0}.', curves.mixing) : '';
}

/** How much of a change of the weights each objective sees. */
function visibilityWords(state: PageState): string {
  const record = recordOf(state);
  if (!record?.visibility) return '';
  const mfd = state.bridged?.visibility ?? record.visibility.mfd;
  const words = t('Visibility of the weights: MFD {0}, Fisher divergence {1}.', formatSmall(mfd), formatSmall(record.visibility.fisher));
  return isBridging(state) && state.bridged?.problem === undefined ? `${words} ${t('Computing…')}` : words;
}

function sliderRow(
  label: string,
  control: SliderControl,
): { readonly root: HTMLElement; readonly set: (value: number, text: string) => void } {
  const value = element('output');
  return {
    root: element('label', { class: 'bridge-slider' }, element('span', {}, label), control.element, value),
    set: (place, text) => {
      control.set(place, undefined, text);
      setText(value, text);
    },
  };
}
