/** Engines that end before they should: the user is told how, what to do, and the next fit works. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';
import { forget, isPlain, messages, press } from './lib/dialogs';
import { say, suite } from './lib/suite';
import { activate, command, ended, fitted, lensesOf, quickFile, running, show, until } from './lib/workspace';

const quick = { file: quickFile, name: 'quick' };
const long = { file: quickFile, name: 'long' };

export const run = suite('an engine that', ({ it, before, afterEach }) => {
  let api: UnblindApi;

  before(async () => {
    api = await activate();
    await show(quickFile);
  });

  afterEach(async () => {
    for (const { text } of messages()) assert.ok(isPlain(text), text);
    forget();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is killed is told of, with the log and another run on offer', async () => {
    await command('fit', long);
    const { enginePid, runDir } = await running(api, 'long');
    process.kill(enginePid!, 'SIGKILL');
    assert.equal((await ended(api)).end, 'killed');
    const message = await until('the message', () => messages()[0]);
    say(`  info "${message.text}"`);
    assert.equal(message.kind, 'error');
    assert.match(message.text, /^long: The engine process was killed/);
    assert.deepEqual(message.buttons, ['Show Log', 'Run Again']);
    assert.ok(existsSync(join(runDir!, 'run.json')));
    await until('the lens to say so', async () => (await lensesOf(quickFile))[11]?.command?.title === 'MFD: the engine was ended');
    // What was written can be opened.
    await command('openRun', runDir);
    assert.equal(messages().length, 1);
  });

  it('is killed runs again where that is asked for', async () => {
    press('Run Again');
    await command('fit', long);
    const { enginePid } = await running(api, 'long');
    process.kill(enginePid!, 'SIGKILL');
    const again = await until('another run', () => api.sessions().find((one) => one.phase === 'running' && one.enginePid !== enginePid));
    assert.equal(again.energy, 'long');
    await command('stop');
    assert.equal((await ended(api)).end, 'stopped');
  });

  it('is killed leaves a run that can be resumed', async () => {
    await command('fit', long);
    const { enginePid, runDir } = await running(api, 'long');
    process.kill(enginePid!, 'SIGKILL');
    assert.equal((await ended(api)).end, 'killed');
    const record: unknown = JSON.parse(readFileSync(join(runDir!, 'run.json'), 'utf8'));
    await command('resumeRun', { kind: 'run', directory: runDir, record });
    const resumed = await running(api, 'long');
    assert.equal(resumed.runDir, runDir);
    await command('stop');
    assert.equal((await ended(api)).end, 'stopped');
    assert.match(readFileSync(join(runDir!, 'events.ndjson'), 'utf8'), /"type":"resume"/);
  });

  it('is killed shows its log where that is asked for', async () => {
    press('Show Log');
    await command('fit', long);
    process.kill((await running(api, 'long')).enginePid!, 'SIGKILL');
    await until('the message', () => messages()[0]);
    assert.equal((await fitted(api, quick)).end, 'done');
  });

  it('is killed before its first step is told of as well', async () => {
    await command('fit', long);
    process.kill(api.sessions().at(-1)!.enginePid!, 'SIGKILL');
    assert.equal((await ended(api)).end, 'killed');
    await until('the message', () => messages()[0]);
    assert.equal((await fitted(api, quick)).end, 'done');
  });

  it('does not answer is killed when it is stopped', async () => {
    await command('fit', long);
    const { enginePid } = await running(api, 'long');
    process.kill(enginePid!, 'SIGSTOP');
    const asked = performance.now();
    await command('stop');
    assert.equal((await ended(api)).end, 'stopped');
    say(`  info an engine that hangs was ended after ${(performance.now() - asked).toFixed(0)} ms`);
    assert.equal((await fitted(api, quick)).end, 'done');
  });

  it('has no memory left says so', async () => {
    await command('fit', long);
    const { enginePid } = await running(api, 'long');
    // Half of what it has mapped: the next memory that it asks for is refused.
    const kilobytes = Number(/VmSize:\s+(\d+) kB/.exec(readFileSync(`/proc/${enginePid!}/status`, 'utf8'))![1]);
    execFileSync('prlimit', ['--pid', String(enginePid), `--as=${512 * kilobytes}`]);
    const { end } = await ended(api);
    assert.equal(
      end,
      'out-of-memory',
      messages()
        .map(({ text }) => text)
        .join('; '),
    );
    const message = await until('the message', () => messages()[0]);
    say(`  info "${message.text}"`);
    assert.equal((await fitted(api, quick)).end, 'done');
  });

  it('is stopped keeps what it has done', async () => {
    await command('fit', long);
    await running(api, 'long');
    const asked = performance.now();
    await command('stop');
    const session = await ended(api);
    say(`  info stopped, evaluated and written after ${(performance.now() - asked).toFixed(0)} ms`);
    assert.equal(session.end, 'stopped');
    assert.ok(existsSync(join(session.runDir!, 'result.json')));
    assert.deepEqual(messages(), []);
  });
});
