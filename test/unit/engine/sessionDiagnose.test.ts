import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitEnergy } from '../../../src/engine/fit/fitEnergy';
import { loadEnergyFile } from '../../../src/energy/load';
import { readDiagnosis, storeDiagnosis } from '../../../src/runs/diagnosisFiles';
import { exportRun } from '../../../src/runs/exports';
import type { DiagnosisFigures, DiagnosisRecord } from '../../../src/shared/diagnosis';
import type { BridgeAnswer, DiagnosisAnswer } from '../../../src/shared/diagnosisProtocol';
import type { ToEngine } from '../../../src/shared/protocol';
import { energyFile, makeProject } from '../cli/runCli';
import { startEngine } from './engineHarness';
import { FakeSession } from './fakePort';

const modes = `data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] })`;
let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  project = makeProject({
    'two.energy.ts': energyFile(`dim: 1, ...mlp([1, 8, 1], 'swish'), ${modes}, fit: { steps: 40, batch: 64 }`),
    'one.energy.ts': energyFile(`dim: 2, energy: (x) => tf.mul(0.5, tf.sum(tf.square(x), 1))`),
    'wrong.energy.ts': energyFile(`dim: 2,\n  energy: (x) => tf.sum(x)`),
    'noData.energy.ts': energyFile(`dim: 2, ...mlp([2, 8, 1], 'swish'), data: data.csv('nowhere.csv')`),
    'package.json': '{}',
  });
});
afterAll(() => {
  project.remove();
});

const path = (name: string): string => join(project.folder, `${name}.energy.ts`);

function asked(id: number, name: string, run?: string): ToEngine {
  return { type: 'diagnose', id, request: { file: path(name), energy: 'one', executor: 'onnx', seed: 0, run } };
}

function found(answer: DiagnosisAnswer): { record: DiagnosisRecord; figures: DiagnosisFigures } {
  if ('problem' in answer) throw new Error(answer.problem);
  return answer;
}

async function diagnosed(session: FakeSession, id: number): Promise<DiagnosisAnswer> {
  return (await session.first('diagnosed', 0, (message) => message.id === id)).answer;
}

async function bridged(session: FakeSession, id: number): Promise<BridgeAnswer> {
  return (await session.first('bridged', 0, (message) => message.id === id)).answer;
}

describe('a diagnosis by messages', { timeout: 120_000 }, () => {
  it('tells its stages, is answered in order, and stays open for other bridges', async () => {
    const session = new FakeSession();
    session.send({ type: 'bridge', id: 1, request: { mode: 0, beta: 0.5, width: 1 } });
    session.send(asked(2, 'two'));
    session.send({ type: 'bridge', id: 3, request: { mode: 1, beta: 0.6, width: 2 } });
    expect(await bridged(session, 1)).toEqual({ problem: 'Nothing has been diagnosed yet.' });
    const { record, figures } = found(await diagnosed(session, 2));
    expect(record).toMatchObject({ of: 'data', verdict: 'blind', runDir: null });
    expect(figures.curves!.mixing).toMatch(/^N\(/);
    const stages = session.all('diagnose-stage');
    expect(stages.every(({ id }) => id === 2)).toBe(true);
    expect(stages.map(({ text }) => text)).toEqual(expect.arrayContaining(['searching modes', 'drawing figures']));
    const other = await bridged(session, 3);
    if ('problem' in other) throw new Error(other.problem);
    expect(other.figures.curves).toMatchObject({ mode: 1, beta: 0.6 });
    expect(other.visibility).toBeGreaterThan(0);
    session.send({ type: 'bridge', id: 4, request: { mode: 7, beta: 0.6, width: 2 } });
    expect(await bridged(session, 4)).toMatchObject({ problem: expect.stringContaining('no mode 8') as string });
    // One mode: nothing to tilt, and the figures of before are gone.
    session.send(asked(5, 'one'));
    expect(found(await diagnosed(session, 5)).figures).toEqual({ curves: null, pictures: null });
    session.send({ type: 'bridge', id: 6, request: { mode: 0, beta: 0.6, width: 2 } });
    expect(await bridged(session, 6)).toMatchObject({ problem: expect.stringContaining('no two modes') as string });
  });

  it('is kept in a folder where no run holds it, and says where it cannot be', async () => {
    const session = new FakeSession();
    const keepIn = join(project.folder, 'kept', 'one');
    const request = { file: path('one'), energy: 'one', executor: 'onnx', seed: 0, run: undefined };
    session.send({ type: 'diagnose', id: 1, request: { ...request, keepIn } });
    const { record, figures } = found(await diagnosed(session, 1));
    expect(record).toMatchObject({ of: 'energy', runDir: null, notes: [] });
    expect(readDiagnosis(keepIn)).toEqual({ record, figures });
    session.send({ type: 'diagnose', id: 2, request: { ...request, keepIn: join(path('one'), 'kept') } });
    expect(found(await diagnosed(session, 2)).record.notes).toEqual([expect.stringMatching(/^this diagnosis is not kept: Cannot make /)]);
  });

  it('is given up where it is cancelled, waiting or at work, and not answered', async () => {
    const session = new FakeSession();
    session.send(asked(1, 'two'));
    session.send(asked(2, 'two'));
    session.send(asked(3, 'one'));
    session.send({ type: 'cancel-diagnose', id: 2 });
    await session.first('diagnose-stage', 0, ({ text }) => text === 'searching modes');
    session.send({ type: 'cancel-diagnose', id: 1 });
    await diagnosed(session, 3);
    expect(session.all('diagnosed').map(({ id }) => id)).toEqual([3]);
    expect(session.all('diagnose-stage').some(({ id }) => id === 2)).toBe(false);
    session.send({ type: 'cancel-diagnose', id: 99 });
    expect(session.log).toEqual([]);
  });

  it('makes way for a fit', async () => {
    const session = new FakeSession();
    session.send(asked(1, 'two'));
    await session.first('diagnose-stage', 0, ({ text }) => text === 'searching modes');
    session.send({
      type: 'fit',
      request: { file: path('two'), energy: 'one', executor: 'onnx', seed: 1, overrides: {}, warmFrom: undefined },
    });
    session.send(asked(2, 'one'));
    expect(await session.exited, session.log.join('\n')).toBe(0);
    expect(session.all('diagnosed')).toEqual([]);
    expect(session.log).toEqual([expect.stringContaining('a diagnosis was ignored')]);
    expect(session.all('ended')[0]!.end).toEqual({ kind: 'done' });
    rmSync(session.all('started')[0]!.info.runDir, { recursive: true });
  });

  it.each([
    ['wrong', undefined, /\[n\]|shape/, true],
    ['noData', undefined, /nowhere\.csv|fit it first/, true],
    ['two', '/nowhere', /holds no run/, false],
  ] as const)('says what is wrong with %s', async (name, run, problem, placed) => {
    const session = new FakeSession();
    session.send(asked(1, name, run));
    const answer = await diagnosed(session, 1);
    expect(answer).toMatchObject({ problem: expect.stringMatching(problem) as string });
    expect('position' in answer).toBe(placed);
  });

  it('is answered by a process of its own', async () => {
    const engine = startEngine();
    const answer = engine.next('diagnosed');
    engine.send(asked(1, 'two'));
    expect(found((await answer).answer).record.verdict).toBe('blind');
    const next = engine.next('bridged');
    engine.send({ type: 'bridge', id: 2, request: { mode: 0, beta: 0.5, width: 1.5 } });
    const { answer: figures } = await next;
    expect('figures' in figures && figures.figures.pictures!.p).toBeInstanceOf(Float32Array);
  });
});

describe('the diagnosis of a run', { timeout: 120_000 }, () => {
  let directory = '';
  let told: { record: DiagnosisRecord; figures: DiagnosisFigures };
  beforeAll(async () => {
    const file = path('two');
    const [traced] = (await loadEnergyFile(file, { energy: 'one', seed: 0 })).energies;
    directory = join(project.folder, '.unblind', 'runs', 'one');
    await fitEnergy(traced!, {
      file,
      seed: 0,
      executor: 'onnx',
      overrides: { steps: 2000, learningRate: 0.01, schedule: 'constant' },
      directory,
    });
    const session = new FakeSession();
    // The latest run is what is diagnosed where none is named.
    session.send(asked(1, 'two'));
    told = found(await diagnosed(session, 1));
  }, 120_000);

  it('is kept in its directory, and read back as it was told', () => {
    expect(told.record).toMatchObject({ of: 'run', runDir: directory });
    const stored = readDiagnosis(directory)!;
    expect(stored.record).toEqual(told.record);
    expect(stored.figures).toEqual(told.figures);
    expect(stored.figures.pictures).not.toBeNull();
  });

  it('is part of the report of the run', async () => {
    const [page = ''] = await exportRun(directory, 'html', join(directory, 'report.html'));
    const text = readFileSync(page, 'utf8');
    expect(text.includes('<h2>Blindness</h2>')).toBe(true);
    expect(text.includes('weight of mode')).toBe(true);
  });

  it('is undefined where there is none, without figures where these are another one’s, and refused where it is damaged', () => {
    const elsewhere = join(project.folder, 'elsewhere');
    mkdirSync(elsewhere);
    expect(readDiagnosis(elsewhere)).toBeUndefined();
    storeDiagnosis(elsewhere, told.record, told.figures);
    const kept = readFileSync(join(elsewhere, 'diagnosis.json'), 'utf8');
    const spoil = (change: object): void => {
      writeFileSync(join(elsewhere, 'diagnosis.json'), JSON.stringify({ ...(JSON.parse(kept) as object), ...change }));
    };
    spoil({ seconds: 1e6 });
    expect(readDiagnosis(elsewhere)!.figures).toEqual({ curves: null, pictures: null });
    for (const [change, message] of [
      [{ verdict: 'maybe' }, /'verdict'/],
      [{ modes: [{ center: [1, 2] }] }, /'center'/],
      [{ modes: Array(2000).fill(told.record.modes[0]) }, /at most 1000/],
      [{ lines: [{ id: 'x' }] }, /'id'/],
      [{ format: 2 }, /diagnose the run again/],
      [{ notes: [7] }, /'notes'/],
      [{ spectrum: { sigma: [1], fisher: [], fractionBelow: [1], kl: 1, visibleFrom: null } }, /'fisher'/],
    ] as const) {
      spoil(change);
      expect(() => readDiagnosis(elsewhere)).toThrow(message);
    }
    writeFileSync(join(elsewhere, 'diagnosis.json'), kept);
    const figures = JSON.parse(readFileSync(join(elsewhere, 'diagnosisFigures.json'), 'utf8')) as {
      pictures: { scores: object };
      curves: object;
    };
    const spoilt = (scores: object): object => ({ pictures: { ...figures.pictures, scores: { ...figures.pictures.scores, ...scores } } });
    for (const [change, message] of [
      [{ pictures: { ...figures.pictures, p: 'AAAA' } }, /'p'/],
      [{ pictures: { ...figures.pictures, shape: [1e9] } }, /'shape'/],
      [{ pictures: { ...figures.pictures, extent: [2, 1] } }, /'extent'/],
      [spoilt({ shape: [1e9, 1] }), /'shape' in 'scores'/],
      [spoilt({ shape: [1024, 2] }), /'shape' in 'scores'/],
      [spoilt({ shape: [1024] }), /'shape' in 'scores'/],
      [spoilt({ shape: [512, 1] }), /'p' in 'scores'.* not 512 numbers/],
      [spoilt({ bridgedTilted: 7 }), /'bridgedTilted' in 'scores'/],
      [{ pictures: { ...figures.pictures, scores: [] } }, /'scores'.* not a JSON object/],
      [{ pictures: { ...figures.pictures, scores: undefined } }, /no scores.* diagnose the run again/],
      [{ curves: { ...figures.curves, alpha: [0] } }, /'values'/],
    ] as const) {
      writeFileSync(join(elsewhere, 'diagnosisFigures.json'), JSON.stringify({ ...figures, ...change }));
      expect(() => readDiagnosis(elsewhere)).toThrow(message);
    }
    writeFileSync(join(elsewhere, 'diagnosis.json'), '{');
    expect(() => readDiagnosis(elsewhere)).toThrow(/not valid JSON/);
  });
});
