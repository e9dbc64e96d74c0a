/** What a host would say of such runs. */

import type { PanelRun, PanelSnapshot } from '../../src/shared/panelProtocol';
import { type ProblemName, problems, steps } from './fitRuns';
import { samplerForms } from './samplerForms';

export function snapshotOf(runs: readonly PanelRun[], changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return {
    energy: { file: '/home/me/ebm/fourModes.energy.ts', name: 'fourModes' },
    runs,
    activeRun: runs.at(-1)?.id,
    settings: { objective: 'mfd', beta: 0.8, mixing: 'file', mixingWidth: 0, steps, learningRate: 0.002, executor: 'auto', seed: 0 },
    executors: [
      { id: 'onnx', label: 'ONNX Runtime, CPU', detail: 'ONNX Runtime on the CPU, 4 threads', available: true },
      { id: 'onnx-webgpu', label: 'ONNX Runtime, WebGPU', detail: 'No graphics adapter was found.', available: false },
      { id: 'tfjs-wasm', label: 'tfjs, WebAssembly', detail: 'TensorFlow.js on WebAssembly', available: true },
    ],
    view: 'fit',
    sampling: undefined,
    sampleSettings: { sampler: undefined, options: {}, particles: 1000, start: 'normal', seed: 0 },
    samplers: samplerForms,
    diagnosis: undefined,
    refusal: undefined,
    ui: undefined,
    ...changes,
  };
}

/** The file of a problem. */
export function energyOf(problem: ProblemName): PanelSnapshot['energy'] {
  const { name } = problems[problem];
  return { file: `/home/me/ebm/${name}.energy.ts`, name };
}
