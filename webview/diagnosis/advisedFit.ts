import type { DiagnosisRecord } from '../../src/shared/diagnosis';
import type { PanelSettings } from '../../src/shared/panelProtocol';

/**
 * Settings of a fit as the report advises: MFD with its beta, and a Gaussian as wide as the data. Undefined where it advises nothing, or
 * where nothing needs doing.
 */
export function advisedFit({ advice, next, verdict }: DiagnosisRecord, settings: PanelSettings): PanelSettings | undefined {
  if (!advice || next === '' || verdict === 'sees') return undefined;
  return { ...settings, objective: 'mfd', beta: advice.beta, mixing: 'gaussian', mixingWidth: 0 };
}
