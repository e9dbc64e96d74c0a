import { advisedStep } from '../../src/shared/advisedStep';
import type { DiagnosisRecord } from '../../src/shared/diagnosis';
import type { PanelSampleSettings, PanelSettings } from '../../src/shared/panelProtocol';

/** Settings of a fit as the report advises: MFD with its beta, and a Gaussian as wide as the data. Undefined where it advises none. */
export function advisedFit(record: DiagnosisRecord, settings: PanelSettings): PanelSettings | undefined {
  const step = advisedStep(record);
  return step?.kind === 'fit' ? { ...settings, objective: 'mfd', beta: step.beta, mixing: 'gaussian', mixingWidth: 0 } : undefined;
}

/** Settings of a sampling as the report advises, of a density without parameters. Undefined where it advises none. */
export function advisedSampling(record: DiagnosisRecord, settings: PanelSampleSettings): PanelSampleSettings | undefined {
  const step = advisedStep(record);
  return step?.kind === 'sample' ? { ...settings, sampler: step.sampler } : undefined;
}
