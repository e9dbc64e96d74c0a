/** The lines of the Diagnostics view that a diagnosis of an energy makes: the verdict, what was found, and what to do next. */

import { advisedStep } from '../shared/advisedStep';
import type { DiagnosisRecord, ReportLine } from '../shared/diagnosis';
import type { PanelDiagnosis } from '../shared/panelProtocol';
import type { DiagnosticItem, ItemStatus } from './diagnosticItems';
import { asSentence } from './endWords';
import type { Translate } from './translate';

/**
 * Nothing before the first diagnosis.
 * @param state what goes on or was found in this window
 * @param stored what lies with the newest run on disk
 */
export function diagnosisItems(
  state: PanelDiagnosis['state'] | undefined,
  stored: DiagnosisRecord | undefined,
  t: Translate,
): DiagnosticItem[] {
  if (state?.kind === 'done') return recordItems(state.answer.record, t);
  const before = stored === undefined ? [] : recordItems(stored, t);
  if (state === undefined) return before;
  const [status, sentence]: [ItemStatus, string] = state.kind === 'stage' ? ['info', state.text] : ['fail', state.words];
  return [item('diagnosing', t('Diagnosis'), status, sentence, []), ...before];
}

function recordItems(record: DiagnosisRecord, t: Translate): DiagnosticItem[] {
  const { summary, subject, lines, notes, next } = record;
  const first = item('verdict', t('Blindness'), verdictStatus(record), asSentence(summary), [subject, ...notes]);
  const found = lines.map((line) => lineItem(line));
  if (next === '') return [first, ...found];
  const last = item('next', t('Next'), 'info', next, []);
  return [first, ...found, { ...last, ...targetOf(record) }];
}

function lineItem({ id, title, status, why, todo }: ReportLine): DiagnosticItem {
  return item(id, asSentence(title).replace(/\.$/, ''), status, why, todo === '' ? [] : [todo]);
}

/** Blindness is a fault only where something is to be done about it: a fit that sees the weights has healed it. */
function verdictStatus({ verdict, next }: DiagnosisRecord): ItemStatus {
  if (verdict === 'cannot tell') return 'unknown';
  if (verdict === 'sees') return 'pass';
  return next === '' ? 'info' : 'warn';
}

/** Where a click on what to do next goes. */
function targetOf(record: DiagnosisRecord): Pick<DiagnosticItem, 'target' | 'beta'> {
  const step = advisedStep(record);
  if (step === undefined) return { target: 'diagnosis' };
  return step.kind === 'fit' ? { target: 'advisedFit', beta: step.beta } : { target: 'sample' };
}

function item(id: string, label: string, status: ItemStatus, sentence: string, details: readonly string[]): DiagnosticItem {
  return { id: `diagnosis.${id}`, label, status, sentence, details, target: 'diagnosis' };
}
