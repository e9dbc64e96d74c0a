import type { BlindnessInput, BlindnessReport } from '../../diagnose/report/reportTypes';
import type { DiagnosisRecord, ReportLine } from '../../shared/diagnosis';

/** What a report says, as plain data: null is what was not measured. */
export function reportRecord(
  input: BlindnessInput,
  report: BlindnessReport,
): Pick<DiagnosisRecord, 'dim' | 'verdict' | 'summary' | 'visibility' | 'modes' | 'barriers' | 'logZ' | 'advice' | 'spectrum'> {
  const { spectrum } = input;
  return {
    dim: input.dim,
    verdict: report.verdict,
    summary: report.summary,
    visibility: report.visibility ?? null,
    modes: report.modes.map(({ center, weight, stdErr, dataWeight, dataStdErr, kind }) => ({
      center,
      weight,
      stdErr,
      dataWeight: dataWeight ?? null,
      dataStdErr: dataStdErr ?? null,
      kind,
    })),
    barriers: input.barriers,
    logZ: input.logZ ?? null,
    advice: report.advice ?? null,
    spectrum: spectrum
      ? {
          sigma: spectrum.sigma,
          fisher: spectrum.fisher.map((f) => f?.value ?? null),
          fractionBelow: spectrum.fractionBelow.map((f) => f ?? null),
          kl: spectrum.kl,
          visibleFrom: spectrum.visibleFrom ?? null,
        }
      : null,
  };
}

/** Lines that say what plain score matching would not see: no fault of a density that MFD fitted well. */
const ofFisher: readonly ReportLine['id'][] = ['visibility', 'spectrum'];

/**
 * What to do next: the cure of blindness, else of the first line that fails, is in doubt or warns; empty where nothing needs doing.
 * @param bridged whether the density is that of a fit whose objective sees the weights
 */
export function nextStep({ verdict }: BlindnessReport, lines: readonly ReportLine[], bridged: boolean): string {
  const healed = bridged && lines.some(({ id, status }) => id === 'modes' && status === 'pass');
  const cure = lines.find(({ id, status }) => id === 'visibility' && status === 'fail');
  if (verdict === 'blind' && !healed && cure) return cure.todo;
  const counted = healed ? lines.filter(({ id }) => !ofFisher.includes(id)) : lines;
  for (const status of ['fail', 'unknown', 'warn'] as const) {
    const line = counted.find((one) => one.status === status && one.todo !== '');
    if (line) return line.todo;
  }
  return '';
}
