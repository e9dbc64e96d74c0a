/** Sends a page what changes in its runs, at most twenty times a second, and nothing while it is hidden. */

import type { ToPanel } from '../shared/panelProtocol';
import type { Frame, LossPoints } from '../shared/protocol';
import { Feed, frameInterval } from './feed';
import type { FitEvent } from './fitService';
import { LatestGate } from './latestGate';
import type { PanelModel } from './panelModel';
import { progressOf, stateOf } from './panelRuns';
import type { RunSession } from './runSession';
import type { Translate } from './translate';

interface Gates {
  readonly frames: LatestGate<Frame>;
  readonly progress: LatestGate<null>;
  /** Points that wait to be sent. */
  points: LossPoints[];
  snapshotCount: number;
}

export class PanelFeed extends Feed {
  private readonly gates = new Map<RunSession, Gates>();

  /** @param post hands a message to the page */
  constructor(
    private readonly model: PanelModel,
    post: (message: ToPanel) => void,
    t: Translate,
  ) {
    super(post, t);
  }

  protected override forget(): void {
    for (const { frames, progress } of this.gates.values()) {
      frames.clear();
      progress.clear();
    }
    this.gates.clear();
  }

  /** Passes on what is of interest to the page. */
  take({ session, change }: FitEvent): void {
    const source = this.model.runs.find((run) => run.session === session);
    if (!this.open || source === undefined) return;
    const gates = this.gatesOf(session, source.id);
    const sendState = (): void => this.post({ type: 'state', runId: source.id, state: stateOf(session, this.t) });
    switch (change.type) {
      case 'points':
        gates.points.push(change.points);
        gates.progress.offer(null);
        return;
      case 'frame':
        gates.frames.offer(change.frame);
        return;
      case 'ended':
        gates.progress.flush();
        gates.frames.flush();
        this.sendSnapshots(source.id, source.snapshots(), gates);
        sendState();
        return;
      case 'state':
        gates.progress.flush();
        sendState();
        return;
      case 'started':
        // What belongs to a run as a whole travels with everything: the host hydrates.
        return;
    }
  }

  private gatesOf(session: RunSession, runId: string): Gates {
    const known = this.gates.get(session);
    if (known !== undefined) return known;
    const gates: Gates = {
      points: [],
      snapshotCount: 0,
      frames: new LatestGate<Frame>(frameInterval, (frame) => {
        this.post({ type: 'frame', runId, frame });
        this.sendSnapshots(runId, this.model.find(runId)?.snapshots() ?? [], gates);
      }),
      progress: new LatestGate<null>(frameInterval, () => {
        const points = joined(gates.points);
        gates.points = [];
        this.post({ type: 'progress', runId, progress: progressOf(session), points });
      }),
    };
    this.gates.set(session, gates);
    return gates;
  }

  private sendSnapshots(runId: string, steps: readonly number[], gates: Gates): void {
    if (steps.length === gates.snapshotCount) return;
    gates.snapshotCount = steps.length;
    this.post({ type: 'snapshots', runId, steps });
  }
}

/** Points one after the other in one. */
function joined(parts: readonly LossPoints[]): LossPoints {
  const all = (key: keyof LossPoints): Float64Array => Float64Array.from(parts.flatMap((part) => Array.from(part[key])));
  return { steps: all('steps'), losses: all('losses'), gradientNorms: all('gradientNorms') };
}
