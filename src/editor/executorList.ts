/** Executors as lists offer them. */

import { executorIds } from '../executors/executor';
import type { PanelExecutor } from '../shared/panelProtocol';
import type { SurveyedExecutor } from '../shared/protocol';
import type { Translate } from './translate';

/**
 * 'auto' first, then each executor.
 * @param survey what trying them on this machine has shown; where it is undefined, that is found out when one is used
 */
export function executorList(t: Translate, survey?: readonly SurveyedExecutor[]): readonly PanelExecutor[] {
  const details: Readonly<Record<(typeof executorIds)[number], string>> = {
    onnx: t('ONNX Runtime on the CPU'),
    'onnx-webgpu': t('ONNX Runtime on the GPU, through WebGPU'),
    'tfjs-wasm': t('TensorFlow.js on WebAssembly'),
    'tfjs-webgpu': t('TensorFlow.js on the GPU, through WebGPU'),
    'tfjs-tensorflow': t('TensorFlow.js on native TensorFlow, where it is installed'),
    'tfjs-cpu': t('TensorFlow.js in plain JavaScript: slow, works everywhere'),
  };
  const auto = { id: 'auto', label: 'auto', detail: t('the fastest here, by measurement'), available: true };
  return [
    auto,
    ...executorIds.map((id) => {
      const found = survey?.find((surveyed) => surveyed.id === id);
      const said = found?.refusal ?? (found?.detail === '' ? undefined : found?.detail);
      return { id, label: id, detail: said ?? details[id], available: found?.refusal === undefined };
    }),
  ];
}
