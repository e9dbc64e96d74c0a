/** The extension host, seen from the page. */

import type { FromPanel, PanelCommand, ToPanel } from '../src/shared/panelProtocol';
import { fromWire } from '../src/shared/wire';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  readonly post: (message: FromPanel) => void;
  readonly command: (command: PanelCommand) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
  readonly onMessage: (callback: (message: ToPanel) => void) => void;
}

/** May be called once a page. */
export function connect(): Host {
  const api = acquireVsCodeApi();
  const post = (message: FromPanel): void => api.postMessage(message);
  return {
    post,
    command: (command) => post({ type: 'command', command }),
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
    onMessage: (callback) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        // VS Code delivers only what our own host sends; anything else has no type that we know.
        if (typeof event.data === 'object' && event.data !== null && 'type' in event.data) callback(fromWire(event.data) as ToPanel);
      });
    },
  };
}
