import { describe, expect, it } from 'vitest';
import { judgeConvergence } from '../../../src/editor/convergence';
import { type DiagnosticFacts, diagnosticItems } from '../../../src/editor/diagnosticItems';
import { firstSentence } from '../../../src/editor/firstSentence';
import { judgeModes } from '../../../src/editor/modeJudgement';
import { duration, percent, shortNumber } from '../../../src/editor/numbers';
import { grouped, outcomeWords, progressWords } from '../../../src/editor/resultWords';
import { untranslated as t } from '../../../src/editor/translate';
import { frame, info, mode, points } from './fakeEngine';

const four = [mode('mode 1', 0.101, 0.1), mode('mode 2', 0.199, 0.2), mode('mode 3', 0.3, 0.3), mode('mode 4', 0.4, 0.4)];

describe('results in words', () => {
  it.each([
    [{ objective: 'mfd', kl: 0.0123, modes: four, end: 'done' }, 'MFD: KL 0.012, 4 modes, weights ok'],
    [
      { objective: 'fisher', kl: 0.56, modes: [mode('a', 0.5, 0.2), mode('b', 0.5, 0.8)], end: 'done' },
      'FD: KL 0.56, 2 modes, weights off by 0.3',
    ],
    [{ objective: 'mfd', kl: null, modes: [], end: 'done' }, 'MFD: fitted'],
    [{ objective: 'mfd', kl: 0.2, modes: [four[0]!], end: 'stopped' }, 'MFD: stopped, KL 0.2, 1 mode'],
    [{ objective: 'denoising', kl: null, modes: [], end: 'diverged' }, 'DSM: diverged'],
  ] as const)('%#', (outcome, words) => {
    expect(outcomeWords(outcome, t)).toBe(words);
  });

  it('says how far a run is', () => {
    expect(progressWords({ phase: 'running', stage: undefined, step: 1200, steps: 6000 }, t)).toBe('fitting: step 1,200 of 6,000');
    expect(progressWords({ phase: 'paused', stage: undefined, step: 5, steps: undefined }, t)).toBe('paused at step 5');
    expect(progressWords({ phase: 'starting', stage: 'Loading', step: 0, steps: undefined }, t)).toBe('Loading');
  });

  it('writes numbers for readers', () => {
    expect([0.01234, 123.4, 2.33691, 0, 1e-9, NaN, -Infinity].map(shortNumber)).toEqual(['0.012', '123', '2.34', '0', '1.0e-9', '?', '-∞']);
    expect([3.21, 42, 125, 7500, NaN].map(duration)).toEqual(['3.2 s', '42 s', '2 min 5 s', '2 h 5 min', '']);
    expect(percent(0.1234)).toBe('12.3 %');
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  });

  it('takes the first sentence of a comment', () => {
    expect(firstSentence('/**\n * One thing,\n * and more. Another.\n */')).toBe('One thing, and more.');
    expect(firstSentence('const x = 1;')).toBe('');
  });
});

describe('judgement', () => {
  it('finds modes that are wrong, spurious or missed', () => {
    expect(judgeModes(four)).toMatchObject({ status: 'pass', spurious: [], missed: [] });
    expect(judgeModes([mode('a', 0.17, 0.2), mode('b', 0.83, 0.8)]).status).toBe('warn');
    const bad = judgeModes([mode('a', 0.01, 0.2), mode('b', 0.89, 0.8), mode('c', 0.1, 0)]);
    expect([bad.status, bad.spurious.map(({ label }) => label), bad.missed.map(({ label }) => label)]).toEqual(['fail', ['c'], ['a']]);
  });

  it('tells a settled loss from one that moves', () => {
    const steps = Array.from({ length: 200 }, (_, i) => i + 1);
    const noise = (step: number): number => 0.05 * Math.sin(77 * step);
    expect(judgeConvergence(points(steps, (step) => 10 * Math.exp(-step / 10) + noise(step))).status).toBe('settled');
    expect(judgeConvergence(points(steps, (step) => -step + noise(step))).status).toBe('falling');
    expect(judgeConvergence(points(steps, (step) => (step - 60) ** 2)).status).toBe('rising');
    const still = { ...points(steps, noise), gradientNorms: Float64Array.from(steps, (step) => (step > 70 ? 0 : 1)) };
    expect(judgeConvergence(still).status).toBe('stuck');
    still.gradientNorms[190] = 1e-9;
    expect(judgeConvergence(still).status).toBe('settled');
    expect(judgeConvergence(points([1, 2, 3])).status).toBe('unknown');
  });
});

describe('the lines of the Diagnostics view', () => {
  const facts: DiagnosticFacts = {
    checkLines: [{ name: 'score', status: 'pass', text: 'fine' }],
    info,
    points: points(Array.from({ length: 100 }, (_, i) => i)),
    running: false,
    frame: { ...frame(100, 0.01), modes: four, negativeMass: 0.3 },
    end: { kind: 'done' },
    notes: ['look out'],
  };

  it('say one sentence each, always in the same order', () => {
    const items = diagnosticItems(facts, t);
    expect(items.map(({ id }) => id)).toEqual([
      'gradients',
      'executor',
      'convergence',
      'weights',
      'spurious',
      'kl',
      'logZ',
      'negativeMass',
      'notes',
    ]);
    expect(Object.fromEntries(items.map(({ id, status }) => [id, status]))).toMatchObject({
      gradients: 'pass',
      convergence: 'warn',
      weights: 'pass',
      spurious: 'pass',
      kl: 'pass',
      negativeMass: 'fail',
    });
    for (const { sentence } of items) expect(sentence).not.toBe('');
  });

  it('leave out what is not known', () => {
    const bare = { ...facts, checkLines: [], info: undefined, points: undefined, frame: undefined, notes: [] };
    expect(diagnosticItems(bare, t)).toEqual([]);
    const failed = diagnosticItems({ ...bare, end: { kind: 'diverged', message: 'it diverged', step: 3 } }, t);
    expect(failed).toMatchObject([{ id: 'end', status: 'fail', sentence: 'it diverged' }]);
  });

  it('name the worst line of a check', () => {
    const checkLines = [
      { name: 'score', status: 'warn', text: 'kinks' },
      { name: 'values', status: 'fail', text: 'not finite' },
    ] as const;
    expect(diagnosticItems({ ...facts, checkLines }, t)[0]).toMatchObject({
      status: 'fail',
      sentence: 'values: not finite',
      target: 'code',
    });
  });
});

describe('the lines of a run that goes on', () => {
  it('call nothing wrong before the end', () => {
    const bad = { ...frame(5, 3), modes: [mode('a', 0.9, 0.1), mode('b', 0.1, 0.9)], negativeMass: 0.5 };
    const facts = { checkLines: [], info, points: points([1]), frame: bad, end: undefined, notes: [] };
    expect(diagnosticItems({ ...facts, running: true }, t).filter(({ status }) => status === 'fail' || status === 'warn')).toEqual([]);
    expect(diagnosticItems({ ...facts, running: false }, t).filter(({ status }) => status === 'fail').length).toBeGreaterThan(2);
  });
});
