/** Which sampling this is, how far it is, and what its particles are worth. */

import { formatFixed, formatNumber } from '../../src/shared/plot/numberFormat';
import type { Context, Part } from '../context';
import { runHeader, stateWords } from '../runHeader';
import type { PageState } from '../state';
import { progressTexts } from '../statusCard';
import { t } from '../words';
import { isSampling, particlesShown, type SamplingView } from './sampleState';
import { samplingFailed, sampleVerdict } from './sampleVerdict';

const unknown = '–';

export function sampleHeader({ store, host }: Context): Part {
  const withRun = (act: (run: SamplingView) => void) => (): void => {
    if (store.state.sampling) act(store.state.sampling);
  };
  const header = runHeader({
    label: t('Sampler'),
    figureNames: [t('Step'), t('Speed'), t('Time left'), t('Particles'), t('Acceptance'), t('log Z')],
    onLog: withRun(({ id }) => host.command({ name: 'showLog', runId: id })),
    onPlace: withRun(({ state }) => {
      if (state.kind === 'ended' && state.end.kind === 'bad-input' && state.end.position)
        host.command({ name: 'reveal', ...state.end.position });
    }),
  });
  const render = (state: PageState): void => {
    const { sampling, energy } = state;
    const info = sampling?.info;
    header.set({
      name: info?.energy ?? energy?.name ?? 'Unblind',
      about: sampling ? aboutSampling(state, sampling) : (energy?.file.split(/[/\\]/).at(-1) ?? ''),
      aboutTitle: info ? `${info.file}\n${info.target}\n${info.start}\n${info.executorDetail}` : '',
      verdict: sampleVerdict(state),
      run: sampling,
      failed: sampling !== undefined && samplingFailed(sampling),
      step: sampling?.progress.step ?? 0,
      steps: info?.steps,
      figures: [
        ...progressTexts(sampling?.progress, info?.steps, isSampling(state)),
        info ? formatFixed(info.particles, 0) : unknown,
        figureText(state, 'acceptance'),
        logZText(state),
      ],
    });
  };
  return { root: header.root, render };
}

function figureText(state: PageState, name: string): string {
  const value = particlesShown(state)?.figures[name] ?? state.sampling?.summary?.figures[name];
  return value === undefined ? unknown : formatNumber(value, 3);
}

/** The estimate so far, at the end its bracket. */
function logZText(state: PageState): string {
  const bracket = state.sampling?.summary?.logZ;
  return bracket ? `${formatNumber(bracket.lower, 2)} … ${formatNumber(bracket.upper, 2)}` : figureText(state, 'logZ');
}

function aboutSampling({ samplers }: PageState, { state, sampler, info }: SamplingView): string {
  const label = samplers.find(({ name }) => name === sampler)?.label ?? sampler;
  const parts = info ? [label, info.target, t('from {0}', info.start), t('seed {0}', info.seed), info.executor] : [label];
  return `${stateWords(state)} · ${parts.join(' · ')}`;
}
