/** Stands in for the extension host: themes, messages and a record of what the page asked for. Never shipped. */

import type { FromPanel, ToPanel } from '../../src/shared/panelProtocol';
import { toWire } from '../../src/shared/wire';
import { bridgedFigures } from './diagnoses';
import { frameAt, lossUntil, type ProblemName } from './fitRuns';
import { sampleFrameAt, sampleProblemOf } from './samplings';
import { scenarios } from './scenarios';
import { sliceAt } from './slices';
import { themes } from './themes';

interface Preview {
  readonly received: FromPanel[];
  readonly post: (message: ToPanel) => void;
  readonly show: (scenario: string) => void;
  readonly setTheme: (name: string) => void;
  readonly frameAt: typeof frameAt;
  readonly lossUntil: typeof lossUntil;
  readonly sampleFrameAt: typeof sampleFrameAt;
}

declare global {
  interface Window {
    unblindPreview: Preview;
    unblindPreviewStart: { readonly scenario: string; readonly theme: string; readonly state?: unknown };
    acquireVsCodeApi: () => unknown;
  }
}

let state: unknown = window.unblindPreviewStart.state;
const received: FromPanel[] = [];

/** As VS Code brings messages to a page: JSON, typed arrays aside. */
function carried(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((entry: unknown) => carried(entry) ?? null);
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[key, carried(entry)]])));
}

const post = (message: ToPanel): void => window.postMessage(carried(toWire(message)), '*');

const problemOf = (runId: string): ProblemName =>
  runId.startsWith('two')
    ? 'line'
    : runId.startsWith('forty')
      ? 'wide'
      : runId.startsWith('f') && !runId.startsWith('five')
        ? 'plane'
        : 'space';

function answerView({ runId, step, view }: Extract<FromPanel, { type: 'view' }>): void {
  if (view === null) return;
  const problem = problemOf(runId);
  if (step === null) post({ type: 'frame', runId, frame: { ...frameAt(problem, 'mfd', 900), slice: sliceAt(problem, 'mfd', 900, view) } });
  else if (runId === 'refused')
    post({
      ...{ type: 'slice', runId, step, view, slice: undefined, note: undefined },
      problem: 'The energy file has other parameters than this run, so its slices cannot be computed.',
    });
  else post({ type: 'slice', runId, step, view, slice: sliceAt(problem, 'mfd', step, view), problem: undefined, note: undefined });
}

function setTheme(name: string): void {
  const theme = themes[name];
  if (!theme) return;
  const { style } = document.documentElement;
  for (const property of [...style]) if (property.startsWith('--vscode-')) style.removeProperty(property);
  for (const [variable, value] of Object.entries(theme.variables)) style.setProperty(`--vscode-${variable}`, value);
  document.body.className = theme.bodyClass;
}

function show(scenario: string): void {
  const snapshot = scenarios[scenario]?.();
  if (snapshot) post({ type: 'hydrate', snapshot });
}

window.acquireVsCodeApi = () => ({
  getState: () => state,
  setState: (next: unknown) => (state = next),
  postMessage: (message: FromPanel) => {
    received.push(message);
    if (message.type === 'ready') show(window.unblindPreviewStart.scenario);
    if (message.type === 'openSampleSnapshot') {
      const frame = sampleFrameAt(sampleProblemOf(message.id), message.step);
      setTimeout(() => post({ type: 'sampleSnapshot', id: message.id, step: message.step, frame }), 20);
    }
    if (message.type === 'bridge') {
      const answer = bridgedFigures(message.id, message.request);
      setTimeout(() => post({ type: 'bridged', id: message.id, request: message.request, answer }), 20);
    }
    if (message.type === 'view') setTimeout(() => answerView(message), 20);
    if (message.type === 'openSnapshot') {
      const problem = problemOf(message.runId);
      const frame = frameAt(problem, message.runId.endsWith('fisher') ? 'fisher' : 'mfd', message.step);
      setTimeout(() => post({ type: 'snapshotFrame', runId: message.runId, step: message.step, frame }), 20);
    }
  },
});

setTheme(window.unblindPreviewStart.theme);
window.unblindPreview = { received, post, show, setTheme, frameAt, lossUntil, sampleFrameAt };
