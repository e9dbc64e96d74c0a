import { describe, expect, it } from 'vitest';
import { diagnosisItems } from '../../../src/editor/diagnosisItems';
import { DiagnoseService } from '../../../src/editor/diagnoseService';
import { FitService } from '../../../src/editor/fitService';
import { LastResults } from '../../../src/editor/lastResults';
import type { HistoryEntry } from '../../../src/editor/historyEntry';
import { untranslated as t } from '../../../src/editor/translate';
import type { DiagnosisAnswer } from '../../../src/shared/diagnosisProtocol';
import type { ToEngine } from '../../../src/shared/protocol';
import { FakeEngine, frame, info, mode, request } from './fakeEngine';
import { blindRecord, diagnoseRequest } from './fakeSampling';

const energy = { file: request.file, name: 'a' };
const none = { curves: null, pictures: null };
const done: DiagnosisAnswer = { record: blindRecord, figures: none };

/** Lets what was promised happen. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function service(): { made: FakeEngine[]; diagnoses: DiagnoseService; source: () => Promise<{ acquire: () => FakeEngine }> } {
  const made: FakeEngine[] = [];
  const acquire = (): FakeEngine => {
    made.push(new FakeEngine());
    return made.at(-1)!;
  };
  const source = () => Promise.resolve({ acquire });
  return { made, source, diagnoses: new DiagnoseService(source) };
}

const sentTo = (engine: FakeEngine | undefined): ToEngine['type'][] => (engine?.sent ?? []).map(({ type }) => type);

describe('diagnoses', () => {
  it('say where they are, and what they found', async () => {
    const { made, diagnoses } = service();
    const ends: string[] = [];
    diagnoses.onDidEnd(({ id }) => ends.push(id));
    const diagnosing = await diagnoses.start(diagnoseRequest);
    expect(made[0]!.sent).toEqual([{ type: 'diagnose', id: 1, request: diagnoseRequest }]);
    made[0]!.say({ type: 'diagnose-stage', id: 1, text: 'Looking for modes' });
    expect(diagnosing.shown).toEqual({ id: diagnosing.id, state: { kind: 'stage', text: 'Looking for modes' }, live: false });
    made[0]!.say({ type: 'diagnosed', id: 1, answer: done });
    expect(diagnoses.of(energy)?.shown).toEqual({ id: diagnosing.id, state: { kind: 'done', answer: done }, live: true });
    expect(ends).toEqual([diagnosing.id]);
    diagnoses.release(energy);
    expect(diagnosing.shown.live).toBe(false);
    expect(made[0]!.dispose).toHaveBeenCalledOnce();
    expect(diagnosing.state.kind).toBe('done');
  });

  it('are given up for another one, and where somebody cancels; then what was found before is shown', async () => {
    const { made, diagnoses } = service();
    const first = await diagnoses.start(diagnoseRequest);
    await diagnoses.start(diagnoseRequest);
    expect(sentTo(made[0])).toEqual(['diagnose', 'cancel-diagnose']);
    expect(made[0]!.dispose).toHaveBeenCalledOnce();
    made[1]!.say({ type: 'diagnosed', id: 1, answer: done });
    const second = diagnoses.of(energy)!;
    expect(second).not.toBe(first);
    await diagnoses.start(diagnoseRequest);
    expect(diagnoses.active).toHaveLength(1);
    diagnoses.cancel(energy);
    expect(diagnoses.active).toEqual([]);
    expect(diagnoses.of(energy)).toBe(second);
    // A late answer of what was given up changes nothing.
    made[2]!.say({ type: 'diagnosed', id: 1, answer: { problem: 'Late.' } });
    expect(diagnoses.of(energy)).toBe(second);
    diagnoses.dispose();
  });

  it('fail in words for what is in the file, and for a process that breaks', async () => {
    const { made, diagnoses } = service();
    const told: [string, boolean][] = [];
    diagnoses.onDidEnd(({ state, broke }) => told.push([state.kind === 'failed' ? state.words : '', broke]));
    await diagnoses.start(diagnoseRequest);
    const position = { file: request.file, line: 3, column: 1 };
    made[0]!.say({ type: 'diagnosed', id: 1, answer: { problem: 'there is no energy', position } });
    expect(diagnoses.of(energy)?.state).toEqual({ kind: 'failed', words: 'There is no energy.', position });
    await diagnoses.start(diagnoseRequest);
    made[1]!.end({ kind: 'crashed', message: 'the engine broke' });
    expect(told).toEqual([
      ['There is no energy.', false],
      ['The engine broke. Diagnose again.', true],
    ]);
    expect(made[1]!.dispose).not.toHaveBeenCalled();
  });

  it('end with the window, of which nobody is told', async () => {
    const { made, diagnoses } = service();
    const ends: string[] = [];
    diagnoses.onDidEnd(({ id }) => ends.push(id));
    await diagnoses.start(diagnoseRequest);
    diagnoses.dispose();
    expect(made[0]!.dispose).toHaveBeenCalledOnce();
    expect(ends).toEqual([]);
  });

  it('keep what they found when their process breaks later', async () => {
    const { made, diagnoses } = service();
    const diagnosing = await diagnoses.start(diagnoseRequest);
    made[0]!.say({ type: 'diagnosed', id: 1, answer: done });
    made[0]!.end({ kind: 'killed', message: 'killed' });
    expect(diagnosing.shown).toMatchObject({ state: { kind: 'done' }, live: false });
    expect(await diagnoses.bridge(diagnosing.id, { mode: 0, beta: 0.5, width: 1 })).toMatchObject({
      problem: expect.stringContaining('diagnose again'),
    });
    expect(await diagnoses.bridge('nowhere', { mode: 0, beta: 0.5, width: 1 })).toHaveProperty('problem');
  });

  it('answer the newest of many bridges', async () => {
    const { made, diagnoses } = service();
    const { id } = await diagnoses.start(diagnoseRequest);
    made[0]!.say({ type: 'diagnosed', id: 1, answer: done });
    const asked = [0.1, 0.2, 0.3].map((beta) => diagnoses.bridge(id, { mode: 0, beta, width: 1 }));
    const betas = (): number[] => made[0]!.sent.flatMap((message) => (message.type === 'bridge' ? [message.request.beta] : []));
    expect(betas()).toEqual([0.1]);
    const answer = { figures: none, visibility: 0.1 };
    made[0]!.say({ type: 'bridged', id: 2, answer });
    await turn();
    expect(betas()).toEqual([0.1, 0.3]);
    made[0]!.end({ kind: 'out-of-memory', message: 'no memory' });
    expect(await Promise.all(asked)).toEqual([answer, undefined, { problem: 'No memory.' }]);
  });
});

describe('the Diagnostics view', () => {
  const statuses = (items: ReturnType<typeof diagnosisItems>): string[][] =>
    items.map(({ id, status, target }) => [id.replace('diagnosis.', ''), status, target]);

  it('has the verdict first, each line, and what to do next', () => {
    const items = diagnosisItems({ kind: 'done', answer: { record: blindRecord, figures: none } }, undefined, t);
    expect(statuses(items)).toEqual([
      ['verdict', 'warn', 'diagnosis'],
      ['modes', 'pass', 'diagnosis'],
      ['visibility', 'fail', 'diagnosis'],
      ['ksd', 'unknown', 'diagnosis'],
      ['next', 'info', 'advisedFit'],
    ]);
    expect(items[0]).toMatchObject({ label: 'Blindness', sentence: 'Score matching cannot see the weights of 2 modes.' });
    expect(items[1]).toMatchObject({ label: 'Modes', sentence: 'There are 2.', details: [] });
    expect(items.at(-1)?.beta).toBe(0.8);
  });

  it('offers no fit of what has no parameters, or where something else is to be done', () => {
    const last = (changes: Partial<typeof blindRecord>) => diagnosisItems(undefined, { ...blindRecord, ...changes }, t).at(-1);
    expect(last({ of: 'energy' })).toMatchObject({ target: 'diagnosis' });
    expect(last({ of: 'energy' })).not.toHaveProperty('beta');
    expect(last({ of: 'energy', next: 'Sample by parallel tempering.' })).toMatchObject({ target: 'sample' });
    expect(last({ next: 'Sample longer.' })).toMatchObject({ target: 'diagnosis', sentence: 'Sample longer.' });
    expect(last({ next: '' })?.id).toBe('diagnosis.ksd');
    expect(diagnosisItems(undefined, { ...blindRecord, next: '' }, t)[0]?.status).toBe('info');
  });

  it('says what goes on and what failed before what lies on disk', () => {
    expect(diagnosisItems(undefined, undefined, t)).toEqual([]);
    const items = diagnosisItems({ kind: 'stage', text: 'Looking for modes' }, blindRecord, t);
    expect(items[0]).toMatchObject({ label: 'Diagnosis', status: 'info', sentence: 'Looking for modes' });
    expect(items).toHaveLength(6);
    expect(diagnosisItems({ kind: 'failed', words: 'No.', position: undefined }, undefined, t)).toMatchObject([{ status: 'fail' }]);
  });
});

describe('the last lens', () => {
  const modes = [mode('left', 0.3, 0.3), mode('right', 0.7, 0.7)];

  it('has the verdict where it is about the newest run', async () => {
    const { made, source, diagnoses } = service();
    const fits = new FitService(source);
    const results = new LastResults(fits, diagnoses, t);
    expect(results.textOf(energy)).toBe('not fitted yet');
    await fits.start(request);
    made[0]!.say({ type: 'started', info }, { type: 'frame', frame: { ...frame(5, 0.012), modes } });
    made[0]!.end({ kind: 'done' });
    const fitted = 'MFD: KL 0.012, 2 modes, weights ok';
    expect(results.textOf(energy)).toBe(fitted);
    await diagnoses.start(diagnoseRequest);
    made[1]!.say({ type: 'diagnosed', id: 1, answer: { record: { ...blindRecord, runDir: '/another' }, figures: none } });
    expect(results.textOf(energy)).toBe(fitted);
    await diagnoses.start(diagnoseRequest);
    made[2]!.say({ type: 'diagnosed', id: 1, answer: { record: { ...blindRecord, runDir: info.runDir }, figures: none } });
    expect(results.textOf(energy)).toBe(`${fitted}; score matching is blind here`);
  });

  it('has the verdict of a density that nothing was fitted to, and that of a stored run', async () => {
    const { made, source, diagnoses } = service();
    const results = new LastResults(new FitService(source), diagnoses, t);
    await diagnoses.start(diagnoseRequest);
    const record = { ...blindRecord, of: 'energy', runDir: null, verdict: 'sees' } as const;
    made[0]!.say({ type: 'diagnosed', id: 1, answer: { record, figures: none } });
    expect(results.textOf(energy)).toBe('score matching sees the weights');
    const stored = {
      kind: 'run',
      directory: '/w/.unblind/runs/one',
      record: { file: request.file, energy: 'a', objective: 'mfd' },
      result: { kl: 0.012, modes },
      end: { status: 'done' },
      diagnosis: { ...blindRecord, verdict: 'cannot tell' },
    } as unknown as HistoryEntry;
    results.take([stored]);
    expect(results.textOf(energy)).toBe('MFD: KL 0.012, 2 modes, weights ok; blindness: cannot tell');
  });
});
