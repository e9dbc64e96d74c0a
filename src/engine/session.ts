import type { FitRequest, FromEngine, ToEngine } from '../shared/protocol';
import { FitControl } from './fit/control';
import type { FitHooks } from './fit/hooks';
import { ProgressBatch } from './progressBatch';
import { isToEngine } from './validate';
import { warmSandbox, warmUp } from './warmUp';

/** What a session needs of the process that it runs in. */
export interface SessionPort {
  /** Sends a message; `written` is called once it has left, or could not. */
  send(message: FromEngine, written?: () => void): void;
  log(line: string): void;
  /** Ends the process once everything that was sent has left. */
  exit(status: number): void;
}

/** What the session's owner may have told it to do, loaded only when asked for. */
const work = {
  fit: async () => (await import('./fitRequest')).fitRequest,
  check: async () => (await import('./checkFile')).checkFile,
  slices: async () => new (await import('./storedSlices')).StoredSlices(),
  survey: async () => (await import('./survey')).survey,
};

/** Time that a superseded run leaves to the one that takes its place. */
const makeWayMs = 1500;

type CheckRequest = Extract<ToEngine, { readonly type: 'check' }>;

/** What one engine process does: checks of files, slices of stored runs and surveys, one after another, then one fit, steered by messages. */
export class EngineSession {
  private readonly control = new FitControl();
  private readonly progress: ProgressBatch;
  private phase: 'idle' | 'preparing' | 'running' | 'ended' = 'idle';
  private framesOnTheirWay = 0;
  /** What is asked for before a fit is done one after another. */
  private queue = Promise.resolve();
  private slices: ReturnType<typeof work.slices> | undefined;
  private readonly cancels = new Map<number, AbortController>();

  constructor(private readonly port: SessionPort) {
    this.progress = new ProgressBatch((message) => this.port.send(message));
  }

  /** Loads what a fit and a check need, so that the first one starts at once. */
  async warmUp(): Promise<void> {
    await warmUp();
  }

  /** Acts on a message from the host. What is not understood, or comes too late, is logged and has no effect. */
  receive(message: unknown): void {
    if (isToEngine(message)) this.act(message);
    else this.port.log('a message that is not understood was ignored');
  }

  /** The host is gone: a run ends as if stopped, and nothing else keeps the process. */
  disconnected(): void {
    if (this.phase === 'running') this.control.stop();
    else this.port.exit(0);
  }

  private act(message: ToEngine): void {
    const { control, port } = this;
    switch (message.type) {
      case 'fit':
        if (this.phase === 'idle') this.guard(this.fit(message.request));
        else port.log('a second fit was ignored: one process does one fit');
        break;
      case 'check':
        this.check(message);
        break;
      case 'slice':
        this.answer('a slice', async () => (await (this.slices ??= work.slices())).slice(message.id, message.request));
        break;
      case 'survey':
        this.answer('a survey', async () => (await work.survey())(message.id));
        break;
      case 'view':
        control.show(message.view);
        break;
      case 'cancel-check':
        this.cancels.get(message.id)?.abort();
        break;
      case 'stop':
        this.stop(message.superseded === true);
        break;
      case 'pause':
        control.pause();
        break;
      case 'resume':
        control.resume();
        break;
      case 'step':
        control.step(message.count);
        break;
    }
  }

  /** Answers once what was asked for before is done; a process that fits answers nothing. */
  private answer(what: string, make: () => Promise<FromEngine | undefined>): void {
    if (this.phase !== 'idle') {
      this.port.log(`${what} was ignored: a fit has begun`);
      return;
    }
    this.queue = this.queue.then(async () => {
      const made = await make();
      if (made !== undefined) this.port.send(made);
    });
    this.guard(this.queue);
  }

  private check({ id, file, text }: CheckRequest): void {
    const cancel = new AbortController();
    this.cancels.set(id, cancel);
    this.answer('a check', async () => {
      const checked = await (await work.check())(id, file, { ...(text !== undefined && { text }), signal: cancel.signal });
      this.cancels.delete(id);
      return checked;
    });
    this.queue = this.queue.then(async () => {
      if (this.phase === 'idle') await warmSandbox();
    });
    this.guard(this.queue);
  }

  private async fit(request: FitRequest): Promise<void> {
    this.phase = 'preparing';
    const ended = await (await work.fit())(request, this.hooks());
    this.end(ended);
  }

  private end(ended: Extract<FromEngine, { type: 'ended' }>): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.progress.flush();
    this.port.send(ended);
    this.port.exit(0);
  }

  private stop(superseded: boolean): void {
    if (superseded) this.control.makeWay(makeWayMs);
    this.control.stop();
    // Before there is a run directory there is nothing to finish.
    if (this.phase !== 'running') this.end({ type: 'ended', end: { kind: 'stopped' }, notes: [] });
    else this.port.send({ type: 'stage', text: 'Stopping' });
  }

  private hooks(): FitHooks {
    const { port, progress } = this;
    return {
      control: this.control,
      onStage: (text) => {
        progress.flush();
        port.send({ type: 'stage', text });
      },
      onDirectory: () => {
        if (this.phase === 'preparing') this.phase = 'running';
      },
      onStart: (info) => port.send({ type: 'started', info }),
      onProgress: (made) => progress.add(made),
      wantsFrame: () => this.framesOnTheirWay === 0,
      onFrame: (frame) => {
        this.framesOnTheirWay++;
        progress.flush();
        port.send({ type: 'frame', frame }, () => this.framesOnTheirWay--);
      },
      onPaused: (step) => {
        progress.flush();
        port.send({ type: 'paused', step });
      },
      onResumed: () => port.send({ type: 'resumed' }),
    };
  }

  /** A fault of the program ends the process; the host sees how and keeps what was logged. */
  private guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.port.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.port.exit(1);
    });
  }
}
