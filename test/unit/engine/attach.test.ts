import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeMessage } from '../../../src/engine/attach/messageStream';
import { visitRun } from '../../../src/engine/attach/visit';
import { readDoorMark, writeDoorMark } from '../../../src/runs/doorMark';
import { Ownership } from '../../../src/runs/owner';
import { readRun } from '../../../src/runs/runReader';
import { version } from '../../../src/shared/version';
import { energyFile, makeProject } from '../cli/runCli';
import { isRunning, Listened, script, startEngine } from './engineHarness';

const definition = `dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture()`;
let project: ReturnType<typeof makeProject>;
let endless = '';
beforeAll(() => {
  project = makeProject({
    'endless.energy.ts': energyFile(`${definition}, fit: { steps: 50000000, batch: 64 }`),
    'package.json': '{}',
  });
  endless = join(project.folder, 'endless.energy.ts');
});
afterAll(() => project.remove());

const soon = <T>(look: () => T | Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 15_000, interval: 20 });
const gone = (pid: number): Promise<void> => soon(() => expect(isRunning(pid)).toBe(false));

/** A fit in a process of its own, whose door is open. */
async function running(outlives: boolean): Promise<{ readonly run: Listened; readonly directory: string }> {
  const run = startEngine();
  run.send({ type: 'outlive', outlives });
  run.fit(endless);
  await run.next('frame');
  const directory = run.all('started')[0]!.info.runDir;
  await soon(() => expect(readDoorMark(directory)).toBeDefined());
  return { run, directory };
}

async function joined(
  directory: string,
): Promise<{ readonly guest: Listened; readonly attached: NonNullable<Awaited<ReturnType<typeof visitRun>>>['attached'] }> {
  const visit = await soon(async () => {
    const found = await visitRun(directory);
    expect(found).toBeDefined();
    return found!;
  });
  return { guest: new Listened(visit.engine), attached: visit.attached };
}

describe('a run whose owner is gone', () => {
  it('goes on where it outlives it, can be joined with all that holds, and be stopped', async () => {
    const { run, directory } = await running(true);
    const before = run.all('progress').at(-1)!.step;
    run.engine.dispose();
    // Whoever holds it may let go of it twice, as a session and its pool do.
    run.engine.dispose();
    const { guest, attached } = await joined(directory);
    expect(attached).toMatchObject({ work: { type: 'fit', request: { file: endless, energy: 'one' } }, steers: true });
    expect(attached.said.map(({ type }) => type)).toEqual(expect.arrayContaining(['started', 'frame', 'progress']));
    const { info } = attached.said.find((message) => message.type === 'started')!;
    expect(info).toMatchObject({ runDir: directory, sample: expect.any(Float32Array) as unknown });
    expect((await guest.next('progress')).step).toBeGreaterThan(before);
    await guest.next('frame');
    await guest.engine.stop();
    expect((await guest.ended).end).toEqual({ kind: 'stopped' });
    const { result, events } = readRun(directory);
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
    expect(result!.steps).toBeGreaterThan(before);
    await gone(guest.engine.pid!);
    expect(readDoorMark(directory)).toBeUndefined();
    expect(await visitRun(directory)).toBeUndefined();
  });

  it('goes on after the owner was killed', async () => {
    const owner = ownerProcess();
    const directory = await new Promise<string>((resolve) =>
      owner.stdout!.setEncoding('utf8').once('data', (text: string) => resolve(text.trim())),
    );
    owner.kill('SIGKILL');
    const { guest } = await joined(directory);
    await guest.next('progress');
    guest.engine.kill();
    await gone(guest.engine.pid!);
  });

  it('ends with it where it is told to, but not under the eyes of another', async () => {
    const { run, directory } = await running(false);
    const { guest, attached } = await joined(directory);
    expect(attached.steers).toBe(false);
    const handed = guest.next('steering');
    run.engine.dispose();
    expect((await handed).yours).toBe(true);
    await guest.next('progress');
    guest.engine.dispose();
    await gone(run.engine.pid!);
    expect(readRun(directory).events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
  });

  it('whose process is killed is told as such to those who follow it, and its socket is closed to others', async () => {
    const { run, directory } = await running(true);
    const { guest } = await joined(directory);
    const { address } = readDoorMark(directory)!;
    if (process.platform !== 'win32') expect(statSync(join(address, '..')).mode & 0o077).toBe(0);
    run.engine.kill();
    expect((await guest.ended).end).toMatchObject({ kind: 'crashed' });
    expect(await visitRun(directory)).toBeUndefined();
    await gone(run.engine.pid!);
    // What it left behind is cleared away by the next.
    const next = await running(true);
    expect(existsSync(address)).toBe(false);
    expect(existsSync(readDoorMark(next.directory)!.address)).toBe(true);
  });
});

/** A process that starts an engine as an editor does, prints the run directory, and waits. */
function ownerProcess(): ChildProcess {
  const request = { file: endless, energy: 'one', executor: 'onnx', seed: 1, overrides: {}, warmFrom: undefined };
  const code = `
    const child = require('node:child_process').fork(${JSON.stringify(script)}, [], { serialization: 'advanced', detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.on('message', (message) => message.type === 'frame' && console.log(directory));
    let directory;
    child.on('message', (message) => message.type === 'started' && (directory = message.info.runDir));
    child.send({ type: 'outlive', outlives: true });
    child.send({ type: 'fit', request: ${JSON.stringify(request)} });`;
  return spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('two who follow a run', () => {
  it('see the same, and one of them steers, who may change', async () => {
    const { run, directory } = await running(true);
    const { guest } = await joined(directory);
    guest.send({ type: 'pause' });
    await guest.next('progress');
    await guest.next('progress');
    expect(run.all('paused')).toEqual([]);
    const [lost, won] = [run.next('steering'), guest.next('steering')];
    guest.send({ type: 'take-steering' });
    expect([(await lost).yours, (await won).yours]).toEqual([false, true]);
    const both = [run.next('paused'), guest.next('paused')];
    guest.send({ type: 'pause' });
    const [mine, theirs] = await Promise.all(both);
    expect(mine).toEqual(theirs);
    const back = run.next('steering');
    guest.engine.dispose();
    expect((await back).yours).toBe(true);
    const resumed = run.next('resumed');
    run.send({ type: 'resume' });
    await resumed;
    // A question is for the owner alone, and a run is not asked for twice.
    expect(run.all('ended')).toEqual([]);
  });
});

describe('the door of a run', () => {
  it('opens to nobody who does not know what the directory says, and the run does not mind', async () => {
    const { run, directory } = await running(true);
    const { address } = readDoorMark(directory)!;
    const hello = { type: 'hello', token: '0'.repeat(32), version };
    const known = { ...hello, token: readDoorMark(directory)!.token };
    const strangers = [
      encodeMessage(hello),
      encodeMessage({ ...known, version: 'other' }),
      encodeMessage({ type: 'stop' }),
      Buffer.alloc(64, 0xff),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ];
    for (const bytes of strangers) {
      const socket = createConnection(address, () => socket.write(bytes));
      const heard: Buffer[] = [];
      socket.on('data', (chunk) => heard.push(chunk)).on('error', () => undefined);
      await new Promise((resolve) => socket.once('close', resolve));
      expect(heard).toEqual([]);
    }
    await run.next('progress');
    expect(run.all('ended')).toEqual([]);
  });

  it('is knocked at only where an engine of this user can be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unblind-door-'));
    const mark = Ownership.claim(folder);
    const connections: Socket[] = [];
    const address = join(folder, `${process.pid}-01234567.sock`);
    const server = createServer((socket) => connections.push(socket));
    await new Promise<void>((resolve) => server.listen(address, resolve));
    try {
      writeDoorMark(folder, { address, token: '00', version });
      expect(await visitRun(folder)).toBeUndefined();
      writeFileSync(join(folder, 'door.json'), '{"address": 5}');
      expect(await visitRun(folder)).toBeUndefined();
      writeFileSync(join(folder, 'door.json'), 'x'.repeat(5000));
      expect(await visitRun(folder)).toBeUndefined();
      expect(connections).toEqual([]);
      expect(existsSync(address)).toBe(true);
    } finally {
      server.close();
      mark.release();
      rmSync(folder, { recursive: true });
    }
  });

  it('of another version is not knocked at', async () => {
    const { directory } = await running(true);
    const mark = readDoorMark(directory)!;
    writeDoorMark(directory, { ...mark, version: '0.0.0' });
    expect(await visitRun(directory)).toBeUndefined();
    writeDoorMark(directory, mark);
    await joined(directory);
  });
});
