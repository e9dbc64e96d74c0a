import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeNpz } from '../../../src/runs/arrays';
import { runExports } from '../../../src/runs/exports';
import type { Run } from '../../../src/runs/runReader';
import { readRun } from '../../../src/runs/runReader';
import { RunWriter } from '../../../src/runs/runWriter';
import { recordOf, resultOf, temporaryFolder } from './analyticRuns';

let run: Run;

beforeAll(() => {
  const directory = join(temporaryFolder(), 'run');
  const record = recordOf(2);
  const writer = RunWriter.create(directory, record);
  writer.event({ type: 'progress', time: 0.5, step: 10, loss: -1.25, gradientNorm: 2, learningRate: 0.001, stepsPerSecond: 20 });
  writer.event({ type: 'progress', time: 1, step: 20, loss: Number.NaN, gradientNorm: 3, learningRate: 0.0005, stepsPerSecond: 20 });
  const extent = { shape: [4], data: Float64Array.of(0, 2, 0, 4) };
  writer.snapshot(20, {
    params: { shape: [1], data: Float32Array.of(1) },
    density: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    extent,
  });
  writer.snapshot(10, {
    params: { shape: [1], data: Float32Array.of(0) },
    density: { shape: [2, 2], data: Float32Array.of(9, 9, 9, 9) },
    extent,
  });
  writer.data({ sample: { shape: [2, 2], data: Float32Array.of(0.5, -1, 2, 3) } });
  const modes = [
    { label: '=HYPERLINK("x"), a', center: [1, 2], weight: 0.25, weightStdErr: 0.5, dataWeight: 0.75, dataWeightStdErr: Number.NaN },
  ];
  writer.result(resultOf(record, { modes }));
  writer.close();
  run = readRun(directory);
});

describe('csv', () => {
  it('writes one table for each kind of number into a directory', async () => {
    const out = join(temporaryFolder(), 'tables');
    mkdirSync(out);
    const paths = await runExports.csv(run, out);
    expect(paths).toEqual(['loss', 'modes', 'density', 'data'].map((name) => join(out, `${name}.csv`)));
    const texts = paths.map((path) => readFileSync(path, 'utf8'));
    expect(texts[0]).toBe('step,time,loss,gradientNorm,learningRate\n10,0.5,-1.25,2,0.001\n20,1,,3,0.0005\n');
    expect(texts[1]).toBe(`label,x,y,weight,weightStdErr,dataWeight,dataWeightStdErr\n"'=HYPERLINK(""x""), a",1,2,0.25,0.5,0.75,\n`);
    expect(texts[2]).toBe('x,y,density\n0.5,1,1\n1.5,1,2\n0.5,3,3\n1.5,3,4\n');
    expect(texts[3]).toBe('x,y\n0.5,-1\n2,3\n');
  });

  it('takes any other path as the beginning of the names', async () => {
    const prefix = join(temporaryFolder(), 'new', 'fit');
    const paths = await runExports.csv(run, `${prefix}.csv`);
    expect(paths[0]).toBe(`${prefix}-loss.csv`);
    expect(readFileSync(`${prefix}-density.csv`, 'utf8')).toMatch(/^x,y,density\n/);
  });
});

describe('npz', () => {
  it('holds losses, modes, data, all snapshots and the texts', async () => {
    const [path = ''] = await runExports.npz(run, join(temporaryFolder(), 'run.npz'));
    const bytes = readFileSync(path);
    const arrays = decodeNpz(bytes, path);
    expect(arrays['loss_step']?.data).toEqual(Float64Array.of(10, 20));
    expect(arrays['loss_value']?.data).toEqual(Float64Array.of(-1.25, Number.NaN));
    expect(arrays['mode_center']).toEqual({ shape: [1, 2], data: Float64Array.of(1, 2) });
    expect(arrays['data_sample']?.shape).toEqual([2, 2]);
    expect(arrays['step_10_density']?.data).toEqual(Float32Array.of(9, 9, 9, 9));
    expect(arrays['step_20_params']?.data).toEqual(Float32Array.of(1));
    expect(JSON.parse(strFromU8(unzipSync(bytes)['run.json'] ?? new Uint8Array(0)))).toEqual(run.record);
  });
});

describe('json', () => {
  it('holds record, result and events, and makes the directories on the way', async () => {
    const [path = ''] = await runExports.json(run, join(temporaryFolder(), 'a', 'b.json'));
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    expect(parsed).toEqual(JSON.parse(JSON.stringify({ record: run.record, result: run.result, events: run.events })));
    expect(parsed).toMatchObject({ record: { energy: 'fourModes' }, result: { kl: 0.0081 } });
  });
});
