import { vi } from 'vitest';
import { Emitter } from '../../../src/editor/emitter';
import type { EnginePort } from '../../../src/editor/enginePort';
import type { Frame, FromEngine, LossPoints, RunEnd, RunInfo, ToEngine } from '../../../src/shared/protocol';
import { defaultFitSettings } from '../../../src/shared/settings';

/** An engine whose answers the test gives. */
export class FakeEngine implements EnginePort {
  readonly log = '';
  readonly pid = 1;
  readonly sent: ToEngine[] = [];
  readonly messages = new Emitter<FromEngine>();
  readonly ends = new Emitter<{ readonly end: RunEnd; readonly notes: readonly string[] }>();
  readonly onMessage = this.messages.event;
  readonly stop = vi.fn(() => Promise.resolve());
  readonly kill = vi.fn(() => this.end({ kind: 'killed', message: 'killed' }));
  readonly dispose = vi.fn();

  onEnd(listener: (end: RunEnd, notes: readonly string[]) => void): { dispose(): void } {
    return this.ends.event(({ end, notes }) => listener(end, notes));
  }

  send(message: ToEngine): void {
    this.sent.push(message);
  }

  say(...messages: readonly FromEngine[]): void {
    for (const message of messages) this.messages.fire(message);
  }

  end(end: RunEnd, notes: readonly string[] = []): void {
    this.ends.fire({ end, notes });
  }
}

export const request = { file: '/w/a.energy.ts', energy: 'a', executor: 'auto', seed: 0, overrides: {}, warmFrom: undefined };

export const info: RunInfo = {
  runDir: '/w/.unblind/runs/one',
  id: 'one',
  file: request.file,
  energy: 'a',
  dim: 1,
  objective: 'mfd',
  settings: { ...defaultFitSettings, steps: 100 },
  seed: 0,
  executor: 'onnx',
  executorDetail: 'ONNX Runtime',
  dataDescription: 'data',
  sample: new Float32Array(0),
  truth: undefined,
  mixingDescription: undefined,
};

export function points(steps: readonly number[], loss: (step: number) => number = (step) => -step): LossPoints {
  return { steps: Float64Array.from(steps), losses: Float64Array.from(steps, loss), gradientNorms: Float64Array.from(steps, () => 1) };
}

export function frame(step: number, kl: number | null = null): Frame {
  return {
    step,
    kl,
    logZ: 0,
    logZStdErr: 0,
    negativeMass: null,
    modes: [],
    density: undefined,
    score: undefined,
    particles: new Float32Array(0),
  };
}

export function mode(label: string, weight: number, dataWeight: number): Frame['modes'][number] {
  return { label, center: [0], weight, weightStdErr: 0.001, dataWeight, dataWeightStdErr: 0.001 };
}
