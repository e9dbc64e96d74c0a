/** Which fit this is, how far it is, and what it has come to. */

import { formatFixed, formatNumber, formatSeconds, formatSmall, formatWithError } from '../src/shared/plot/numberFormat';
import type { PanelProgress } from '../src/shared/panelProtocol';
import type { PanelText } from '../src/shared/panelTexts';
import type { Context, Part } from './context';
import { runHeader, stateWords } from './runHeader';
import { activeRun, frameOf, isRunning, type PageState, type RunView } from './state';
import { hasFailed, verdictOf } from './verdict';
import { objectiveWords, t } from './words';

const figureNames = ['Step', 'Speed', 'Time left', 'KL', 'log Z', 'Negative mass'] as const satisfies readonly PanelText[];

const unknown = '–';

export function statusCard({ store, host }: Context): Part {
  const withRun = (act: (run: RunView) => void) => (): void => {
    const run = activeRun(store.state);
    if (run) act(run);
  };
  const header = runHeader({
    label: t('Run'),
    figureNames: figureNames.map((label) => t(label)),
    onLog: withRun(({ id }) => host.command({ name: 'showLog', runId: id })),
    onPlace: withRun(({ state }) => {
      if (state.kind === 'ended' && state.end.kind === 'bad-input' && state.end.position)
        host.command({ name: 'reveal', ...state.end.position });
    }),
  });
  const render = (state: PageState): void => {
    const run = activeRun(state);
    header.set({
      name: run?.info?.energy ?? state.energy?.name ?? 'Unblind',
      about: run ? aboutRun(run) : (state.energy?.file.split(/[/\\]/).at(-1) ?? ''),
      aboutTitle: run?.info ? `${run.info.file}\n${run.info.executorDetail}` : '',
      verdict: run
        ? verdictOf(run, frameOf(state, run))
        : { status: 'info', text: state.refusal ?? t('Nothing has been fitted yet. Press Fit to start.') },
      run,
      failed: run !== undefined && hasFailed(run),
      step: run?.progress.step ?? 0,
      steps: run?.steps ?? 0,
      figures: figureTexts(state, run),
    });
  };
  return { root: header.root, render };
}

function aboutRun(run: RunView): string {
  const { info } = run;
  const parts = [objectiveWords[run.objective]];
  if (info) {
    if (run.objective.startsWith('mfd')) parts.push(`β ${info.settings.beta}`);
    parts.push(t('seed {0}', info.seed), info.executor, info.dataDescription);
  }
  return `${stateWords(run.state)} · ${parts.join(' · ')}`;
}

/** Steps done of those there are, steps a second, and the time left, in words. */
export function progressTexts(progress: PanelProgress | undefined, steps: number | undefined, moving: boolean): [string, string, string] {
  if (!progress) return [unknown, unknown, unknown];
  const { step, stepsPerSecond, secondsLeft } = progress;
  return [
    steps === undefined ? formatFixed(step, 0) : `${formatFixed(step, 0)} / ${formatFixed(steps, 0)}`,
    Number.isFinite(stepsPerSecond) && stepsPerSecond > 0 ? `${formatNumber(stepsPerSecond, 3)} /s` : unknown,
    moving && Number.isFinite(secondsLeft) ? formatSeconds(secondsLeft) : unknown,
  ];
}

/** A measured value; one that is no number is said to be none. */
function figure(value: number, format: (value: number) => string): string {
  return Number.isFinite(value) ? format(value) : t('not finite');
}

function figureTexts(state: PageState, run: RunView | undefined): readonly string[] {
  const frame = run && frameOf(state, run);
  return [
    ...progressTexts(run?.progress, run?.steps, isRunning(run)),
    frame?.kl == null ? unknown : figure(frame.kl, formatSmall),
    frame?.logZ == null ? unknown : figure(frame.logZ, (value) => formatWithError(value, frame.logZStdErr)),
    frame?.negativeMass == null ? unknown : figure(frame.negativeMass, formatSmall),
  ];
}
