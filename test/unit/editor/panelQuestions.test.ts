import { describe, expect, it } from 'vitest';
import { EngineQuestions } from '../../../src/editor/engineQuestions';
import { executorList } from '../../../src/editor/executorList';
import { PanelModel } from '../../../src/editor/panelModel';
import { SessionSource } from '../../../src/editor/panelRuns';
import { answerView } from '../../../src/editor/panelSlices';
import { RunSession } from '../../../src/editor/runSession';
import { StoredRun } from '../../../src/editor/storedRun';
import { untranslated as t } from '../../../src/editor/translate';
import type { FrameSlice, ToEngine } from '../../../src/shared/protocol';
import { FakeEngine, info, request } from './fakeEngine';

const view = { axes: [0, 1], point: [0, 0, 1] } as const;
const slice: FrameSlice = {
  view,
  density: { shape: [1, 1], extent: [0, 1, 0, 1], values: Float32Array.of(1) },
  score: { shape: [1, 1, 2], values: Float32Array.of(0, 0) },
  truth: undefined,
};

function questions(): { readonly engine: FakeEngine; readonly made: () => number; readonly service: EngineQuestions } {
  const engine = new FakeEngine();
  let count = 0;
  const acquire = (): FakeEngine => {
    count++;
    return engine;
  };
  return { engine, made: () => count, service: new EngineQuestions(() => Promise.resolve({ acquire })) };
}

/** Lets what was promised happen. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const ids = (engine: FakeEngine): number[] => engine.sent.flatMap((message) => ('id' in message ? [message.id] : []));

describe('questions to an engine', () => {
  it('computes the newest slice of a run, and leaves out those that a newer one has overtaken', async () => {
    const { engine, service, made } = questions();
    const asked = [1, 2, 3].map((step) => service.slice({ runDir: '/r', step, view }));
    await turn();
    const other = service.slice({ runDir: '/other', step: 9, view });
    expect(engine.sent.map((message: ToEngine) => message.type === 'slice' && message.request.step)).toEqual([1]);
    engine.say({ type: 'sliced', id: ids(engine)[0]!, slice, problem: undefined, note: undefined });
    await turn();
    engine.say({ type: 'sliced', id: ids(engine)[1]!, slice: undefined, problem: 'No.', note: undefined });
    await turn();
    engine.say({ type: 'sliced', id: ids(engine)[2]!, slice, problem: undefined, note: undefined });
    expect((await Promise.all(asked)).map((answer) => answer?.problem ?? answer?.slice)).toEqual([slice, undefined, 'No.']);
    expect((await other)?.slice).toBe(slice);
    expect(made()).toBe(1);
    service.dispose();
  });

  it('says why there is no answer where the process ends', async () => {
    const { engine, service } = questions();
    const asked = service.slice({ runDir: '/r', step: 1, view });
    await turn();
    engine.end({ kind: 'out-of-memory', message: 'No memory.' });
    expect(await asked).toEqual({ slice: undefined, problem: 'No memory.', note: undefined });
    service.dispose();
  });

  it('tries the executors once, and again where that failed', async () => {
    const { engine, service } = questions();
    const failed = service.survey();
    await turn();
    engine.end({ kind: 'crashed', message: 'Gone.' });
    expect(await failed).toBeUndefined();
    const found = [service.survey(), service.survey()];
    await turn();
    const executors = [{ id: 'onnx', detail: 'CPU', refusal: undefined }];
    engine.say({ type: 'surveyed', id: ids(engine).at(-1)!, executors });
    expect(await Promise.all(found)).toEqual([executors, executors]);
    expect(engine.sent.filter(({ type }) => type === 'survey')).toHaveLength(2);
    service.dispose();
    expect(engine.dispose).toHaveBeenCalled();
  });
});

describe('the executors of the panel', () => {
  it('are all offered before they were tried, then as the machine has them', () => {
    expect(executorList(t).every(({ available }) => available)).toBe(true);
    const list = executorList(t, [
      { id: 'onnx', detail: 'ONNX Runtime 1.2, 4 threads', refusal: undefined },
      { id: 'tfjs-webgpu', detail: '', refusal: 'no WebGPU device was found' },
    ]);
    expect(list.find(({ id }) => id === 'onnx')).toMatchObject({ available: true, detail: 'ONNX Runtime 1.2, 4 threads' });
    expect(list.find(({ id }) => id === 'tfjs-webgpu')).toMatchObject({ available: false, detail: 'no WebGPU device was found' });
    expect(list[0]).toMatchObject({ id: 'auto', available: true });
  });
});

describe('slices for a page', () => {
  const energy = { file: request.file, name: 'a' };
  const message = { type: 'view', runId: '', step: 50, view } as const;

  it('come with the frames of a run that goes on', async () => {
    const engine = new FakeEngine();
    const source = new SessionSource(new RunSession(request, engine), t);
    const model = new PanelModel(energy, t, () => 'auto');
    model.add(source);
    expect(await answerView({ ...message, runId: source.id, step: null }, model, questions().service, undefined, t)).toBeUndefined();
    expect(engine.sent.at(-1)).toEqual({ type: 'view', view });
    engine.say({ type: 'started', info });
    engine.end({ kind: 'done' });
    expect(await answerView({ ...message, runId: source.id }, model, questions().service, undefined, t)).toMatchObject({
      problem: 'The run has no snapshot to compute a slice from.',
    });
  });

  it('come from the last snapshot of a stored run, and not in a workspace that is not trusted', async () => {
    const run = StoredRun.open('test/fixtures/workspace/storedRun', t);
    const model = new PanelModel(energy, t, () => 'auto');
    model.add(run);
    const { engine, service } = questions();
    expect(await answerView({ ...message, runId: run.id }, model, service, 'Not trusted.', t)).toMatchObject({ problem: 'Not trusted.' });
    expect(engine.sent).toEqual([]);
    const asked = answerView({ ...message, runId: run.id, step: 49 }, model, service, undefined, t);
    await turn();
    expect(engine.sent).toMatchObject([{ type: 'slice', request: { runDir: run.directory, step: 0, view } }]);
    engine.say({ type: 'sliced', id: ids(engine)[0]!, slice, problem: undefined, note: 'Saved since.' });
    expect(await asked).toEqual({ type: 'slice', runId: run.id, step: 49, view, slice, problem: undefined, note: 'Saved since.' });
    service.dispose();
  });
});

describe('the mixing density of the panel', () => {
  it('goes to the engine with its width, which the file’s own has not', () => {
    const model = new PanelModel({ file: request.file, name: 'a' }, t, () => 'auto');
    expect(model.settings).toMatchObject({ mixing: 'file', mixingWidth: 0 });
    model.set({ mixing: 'gaussian', mixingWidth: 2 });
    expect(model.overrides()).toEqual({ mixing: 'gaussian', mixingWidth: 2 });
    model.set({ mixing: 'file' });
    expect(model.overrides()).toEqual({ mixing: 'file', mixingWidth: 0 });
  });
});
