import type { BlindnessInput, BlindnessReport, ReportLine } from '../../diagnose/report/reportTypes';
import { adviceWords, figure } from '../../diagnose/report/words';
import type { DiagnosisRecord } from '../../runs/diagnosis';

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

/** What to do next: the cure of blindness, else of the first line that fails, is in doubt or warns; empty where nothing needs doing. */
export function nextStep({ verdict, visibility, advice }: BlindnessReport, lines: readonly ReportLine[]): string {
  if (verdict === 'blind' && visibility && advice)
    return `Fit with ${adviceWords(advice)}: visibility rises from ${figure(visibility.fisher)} to ${figure(advice.visibility)}.`;
  for (const status of ['fail', 'unknown', 'warn'] as const) {
    const line = lines.find((one) => one.status === status && one.todo !== '');
    if (line) return line.todo;
  }
  return '';
}
