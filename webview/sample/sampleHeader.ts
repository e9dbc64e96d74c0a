/** Which sampling this is, how far it is, and what its particles are worth. */

import { formatFixed, formatNumber, formatSmall } from '../../src/shared/plot/numberFormat';
import { fineWeightError } from '../../src/shared/modeWeights';
import type { Context, Part } from '../context';
import { runHeader, stateWords } from '../runHeader';
import type { PageState } from '../state';
import { progressTexts } from '../statusCard';
import type { Verdict } from '../verdict';
import { t } from '../words';
import { asSentenceStart } from './optionFields';
import { isSampling, particlesShown, type SamplingView } from './sampleState';
import { sampleRefusal } from './sampleToolbar';
import { shareRows } from './shares';

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
      failed: sampling !== undefined && hasFailed(sampling),
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

function hasFailed({ state }: SamplingView): boolean {
  return state.kind === 'ended' && state.end.kind !== 'done' && state.end.kind !== 'stopped';
}

/** What a sampling comes to, in one sentence. */
export function sampleVerdict(state: PageState): Verdict {
  const { sampling } = state;
  if (!sampling) return { status: 'info', text: sampleRefusal(state) ?? t('Nothing has been sampled yet. Press Sample to start.') };
  const run = sampling.state;
  if (run.kind === 'stage') return { status: 'info', text: `${run.text}…` };
  if (run.kind === 'ended') {
    if (hasFailed(sampling)) return { status: 'bad', text: run.words };
    const [warning] = sampling.summary?.warnings ?? [];
    if (warning !== undefined) return { status: 'warn', text: asSentenceStart(warning) };
    if (sampling.summary && run.end.kind === 'done')
      return { status: 'good', text: t('{0} particles; nothing speaks against them.', formatFixed(sampling.info?.particles ?? 0, 0)) };
    return { status: 'info', text: run.words };
  }
  const errors = shareRows(state).flatMap(({ share, own }) => (own === null ? [] : [Math.abs(share - own)]));
  if (errors.length < 2) return { status: 'info', text: t('Particles move over the density.') };
  const worst = Math.max(...errors);
  return {
    status: worst <= fineWeightError ? 'good' : 'info',
    text: t('Particles in the modes off by up to {0} from their weights so far.', formatSmall(worst)),
  };
}
