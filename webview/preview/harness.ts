/** Stands in for the extension host: themes, messages and a record of what the page asked for. Never shipped. */

import type { FromPanel, ToPanel } from '../../src/shared/panelProtocol';
import { frameAt, lossUntil, scenarios } from './scenarios';
import { themes } from './themes';

interface Preview {
  readonly received: FromPanel[];
  readonly post: (message: ToPanel) => void;
  readonly show: (scenario: string) => void;
  readonly setTheme: (name: string) => void;
  readonly frameAt: typeof frameAt;
  readonly lossUntil: typeof lossUntil;
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
const post = (message: ToPanel): void => window.postMessage(message, '*');

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
    if (message.type === 'openSnapshot') {
      const problem = message.runId.startsWith('two') ? 'line' : message.runId.startsWith('five') ? 'space' : 'plane';
      const frame = frameAt(problem, message.runId.endsWith('fisher') ? 'fisher' : 'mfd', message.step);
      setTimeout(() => post({ type: 'snapshotFrame', runId: message.runId, step: message.step, frame }), 20);
    }
  },
});

setTheme(window.unblindPreviewStart.theme);
window.unblindPreview = { received, post, show, setTheme, frameAt, lossUntil };
