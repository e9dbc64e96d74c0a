/** What is kept of diagnoses that no run holds, and what a new window makes of it. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiagnoseService } from '../../../src/editor/diagnoseService';
import type { EnergyRef } from '../../../src/editor/energyRef';
import { KeptDiagnoses, type KeptLimits } from '../../../src/editor/keptDiagnoses';
import { untranslated as t } from '../../../src/editor/translate';
import { keepDiagnosis } from '../../../src/engine/diagnose/keepDiagnosis';
import { readDiagnosis } from '../../../src/runs/diagnosisFiles';
import type { DiagnosisRecord } from '../../../src/shared/diagnosis';
import { figuresWith } from '../../../webview/preview/diagnoses';
import { FakeEngine } from './fakeEngine';
import { blindRecord, diagnoseRequest } from './fakeSampling';

const figures = figuresWith('line', { mode: 0, beta: 0.5, width: 1 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unblind-kept-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const storage = (): string => join(folder, 'diagnoses');
const kept = (limits?: KeptLimits): KeptDiagnoses =>
  new KeptDiagnoses(storage(), (directory) => Promise.resolve().then(() => readDiagnosis(directory)), limits);

/** An energy file, and a diagnosis of what is in it that is about no run. */
function energyNamed(name: string): { readonly energy: EnergyRef; readonly record: DiagnosisRecord } {
  const file = join(folder, `${name}.energy.ts`);
  writeFileSync(file, '');
  return { energy: { file, name }, record: { ...blindRecord, file, energy: name, of: 'energy', runDir: null } };
}

/** Keeps one that is so many seconds old; returns its folder. */
function keep(name: string, age = 0): string {
  const { energy, record } = energyNamed(name);
  const directory = kept().directoryOf(energy)!;
  keepDiagnosis(record, figures, directory);
  const time = Date.now() / 1000 - age;
  utimesSync(join(directory, 'diagnosis.json'), time, time);
  return directory;
}

async function namesOf(from: KeptDiagnoses): Promise<string[]> {
  const names: string[] = [];
  for await (const { record } of from.all()) names.push(record.energy);
  return names;
}

/** A window, with the processes that it has started. */
function window(from = kept()): { readonly made: FakeEngine[]; readonly diagnoses: DiagnoseService } {
  const made: FakeEngine[] = [];
  const acquire = (): FakeEngine => {
    made.push(new FakeEngine());
    return made.at(-1)!;
  };
  return { made, diagnoses: new DiagnoseService(() => Promise.resolve({ acquire }), t, from) };
}

describe('a diagnosis that no run holds', () => {
  it('is known to the next window, where nobody can be asked about it', async () => {
    const { energy, record } = energyNamed('a');
    const before = window();
    await before.diagnoses.start({ ...diagnoseRequest, file: energy.file, energy: energy.name });
    const [sent] = before.made[0]!.sent;
    if (sent?.type !== 'diagnose') throw new Error('nothing was asked');
    before.made[0]!.say({ type: 'diagnosed', id: 1, answer: { record: keepDiagnosis(record, figures, sent.request.keepIn), figures } });
    before.diagnoses.dispose();

    const { diagnoses, made } = window();
    const told: string[] = [];
    diagnoses.onDidChange(({ name }) => told.push(name));
    diagnoses.onDidEnd(() => told.push('an end'));
    await diagnoses.restore();
    expect(told).toEqual(['a']);
    const found = diagnoses.of(energy)!;
    expect(found.shown).toEqual({ id: found.id, state: { kind: 'done', answer: { record, figures } }, live: false });
    expect(await diagnoses.bridge(found.id, { mode: 0, beta: 0.5, width: 1 })).toHaveProperty('problem');
    diagnoses.release(energy);
    expect(made).toEqual([]);
    // Another one of the energy is asked for, and given up.
    await diagnoses.start({ ...diagnoseRequest, file: energy.file, energy: energy.name });
    diagnoses.cancel(energy);
    expect(diagnoses.of(energy)).toBe(found);
  });

  it('gives way to one that goes on already', async () => {
    const { energy } = energyNamed('a');
    keep('a');
    const { diagnoses } = window();
    const going = await diagnoses.start({ ...diagnoseRequest, file: energy.file, energy: energy.name });
    await diagnoses.restore();
    expect(diagnoses.of(energy)).toBe(going);
  });

  it('is forgotten once a run holds the last one of its energy', async () => {
    const { energy, record } = energyNamed('a');
    const directory = keep('a');
    const from = kept();
    const pruned = new Promise<void>((resolve) => {
      vi.spyOn(from, 'prune').mockImplementation(() => {
        resolve();
        return Promise.resolve();
      });
    });
    const { diagnoses, made } = window(from);
    await diagnoses.start({ ...diagnoseRequest, file: energy.file, energy: energy.name });
    made[0]!.say({ type: 'diagnosed', id: 1, answer: { record: { ...record, of: 'run', runDir: '/w/run' }, figures } });
    await pruned;
    expect(existsSync(directory)).toBe(false);
  });

  it('is not kept where the window has no folder', async () => {
    const nowhere = new KeptDiagnoses(undefined, () => Promise.reject(new Error('nothing is read')));
    const { diagnoses, made } = window(nowhere);
    await diagnoses.restore();
    await diagnoses.start(diagnoseRequest);
    expect(made[0]!.sent).toEqual([{ type: 'diagnose', id: 1, request: diagnoseRequest }]);
  });
});

describe('what is kept', () => {
  it('is bounded in number and in bytes: the oldest go', async () => {
    const [old, middle, recent] = [keep('old', 30), keep('middle', 20), keep('recent', 10)];
    expect(await namesOf(kept())).toEqual(['recent', 'middle', 'old']);
    await kept({ diagnoses: 2, bytes: 32e6 }).prune();
    expect([old, middle, recent].map((directory) => existsSync(directory))).toEqual([false, true, true]);
    const bytes = readdirSync(recent).reduce((total, name) => total + statSync(join(recent, name)).size, 0);
    expect(await namesOf(kept({ diagnoses: 20, bytes: 1.5 * bytes }))).toEqual(['recent']);
    expect(existsSync(middle)).toBe(false);
  });

  it('is left out where its energy file is gone, and removed where it is damaged or of another energy', async () => {
    const gone = keep('gone');
    rmSync(join(folder, 'gone.energy.ts'));
    const damaged = keep('damaged');
    writeFileSync(join(damaged, 'diagnosisFigures.json'), '{');
    const { energy } = energyNamed('posing');
    const posing = kept().directoryOf(energy)!;
    keepDiagnosis({ ...energyNamed('other').record }, figures, posing);
    mkdirSync(join(storage(), 'empty'));
    const ofRun = kept().directoryOf(energyNamed('run').energy)!;
    keepDiagnosis({ ...energyNamed('run').record }, figures, ofRun);
    writeFileSync(join(ofRun, 'diagnosis.json'), JSON.stringify({ ...energyNamed('run').record, runDir: '/w/run' }));
    expect(await namesOf(kept())).toEqual([]);
    expect(readdirSync(storage()).map((name) => join(storage(), name))).toEqual([gone]);
  });
});
