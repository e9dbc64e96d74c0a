import type { FromEngine, ToEngine, Work } from '../shared/protocol';
import { Audience, type Listener, type Seat } from './audience';
import { Cancels } from './cancels';
import { FitControl } from './fit/control';
import { isToEngine } from './validate';
import { warmSandbox, warmUp } from './warmUp';
import { WorkHooks } from './workHooks';
import type { Door } from './attach/door';

/** What a session needs of the process that it runs in; what is sent goes to the process's owner. */
export interface SessionPort extends Listener {
  log(line: string): void;
  /** Whether the process ends soon after its owner, whatever it is doing then. */
  endWithOwner(ends: boolean): void;
  /** Ends the process once everything that was sent has left. */
  exit(status: number): void;
}

/** What the session's owner may have told it to do, loaded only when asked for. */
const work = {
  fit: async () => (await import('./fitRequest')).fitRequest,
  sample: async () => (await import('./sampleRequest')).sampleRequest,
  check: async () => (await import('./checkFile')).checkFile,
  diagnoses: async () => new (await import('./diagnoseRequest')).Diagnoses(),
  slices: async () => new (await import('./storedSlices')).StoredSlices(),
  survey: async () => (await import('./survey')).survey,
  door: () => import('./attach/door'),
};

/** Time that a run leaves to the one that takes its place. */
const makeWayMs = 1500;

/** Time that a paused run waits for somebody to come. It can be resumed from its directory after that. */
const abandonedMs = 3_600_000;

/** Messages that only the one who steers may send. */
const steeringTypes: ReadonlySet<ToEngine['type']> = new Set(['stop', 'pause', 'resume', 'step', 'view', 'make-way', 'outlive']);

type Ended = Extract<FromEngine, { readonly type: 'ended' }>;
type Question<T extends ToEngine['type']> = Extract<ToEngine, { readonly type: T }>;

/**
 * What one engine process does: it answers its owner's questions (checks, diagnoses, slices, surveys), one after another, and then does
 * one main work, a fit or a sampler run. That outlives the owner where it is told to, and others may join: all are told what happens, one
 * of them steers.
 */
export class EngineSession {
  private readonly control = new FitControl();
  private readonly hooks: WorkHooks;
  private phase: 'idle' | 'preparing' | 'running' | 'ended' = 'idle';
  private queue = Promise.resolve();
  private slices: ReturnType<typeof work.slices> | undefined;
  private diagnoses: ReturnType<typeof work.diagnoses> | undefined;
  private readonly checks = new Cancels();
  private readonly diagnosing = new Cancels();
  private readonly audience = new Audience(() => this.alone());
  private readonly owner: Seat;
  private outlives = false;
  private work: Work | undefined;
  private door: Promise<Door | undefined> | undefined;
  private abandoned: NodeJS.Timeout | undefined;

  constructor(private readonly port: SessionPort) {
    this.owner = this.audience.join(port);
    this.hooks = new WorkHooks({
      control: this.control,
      send: (message) => this.audience.send(message),
      wantsFrame: () => this.audience.wantsFrame,
      begun: (directory) => this.begun(directory),
    });
  }

  /** Loads what a fit and a check need, so that the first one starts at once. */
  async warmUp(): Promise<void> {
    await warmUp();
  }

  /** Acts on a message from the owner. What is not understood, or comes too late, is logged and has no effect. */
  receive(message: unknown): void {
    this.receiveFrom(this.owner, message);
  }

  /**
   * The owner is gone. A run that outlives it, or that others follow, goes on; another ends as if stopped, and nothing else keeps the process.
   * @returns whether the process goes on as if nothing had happened
   */
  disconnected(): boolean {
    this.audience.leave(this.owner);
    const working = this.phase === 'preparing' || this.phase === 'running';
    if (working && (this.outlives || !this.audience.isEmpty)) return true;
    if (this.phase === 'running') this.control.stop();
    else this.port.exit(0);
    return false;
  }

  private receiveFrom(seat: Seat, message: unknown): void {
    if (!isToEngine(message)) this.port.log('a message that is not understood was ignored');
    else if (message.type === 'take-steering') this.audience.hand(seat);
    else if (steeringTypes.has(message.type) ? !this.audience.steers(seat) : seat !== this.owner)
      this.port.log(`${message.type} was ignored: it came from a window that looks on`);
    else this.act(message);
  }

  /** The run has its directory, and others can join it. */
  private begun(directory: string): void {
    if (this.phase !== 'preparing') return;
    this.phase = 'running';
    this.door = this.openDoor(directory);
  }

  /** Undefined where there can be none: the run goes on without. */
  private async openDoor(directory: string): Promise<Door | undefined> {
    try {
      const { Door } = await work.door();
      return await Door.open(directory, {
        join: (listener) => this.joined(listener),
        leave: (seat) => this.audience.leave(seat),
        receive: (message, seat) => this.receiveFrom(seat, message),
      });
    } catch (error) {
      this.port.log(`nobody can join this run: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private joined(listener: Listener): Seat {
    clearTimeout(this.abandoned);
    const seat = this.audience.join(listener);
    if (this.work !== undefined) this.audience.greet(seat, this.work);
    return seat;
  }

  /** Nobody listens any more. */
  private alone(): void {
    if (!this.outlives) this.control.stop();
    else if (!this.control.running) this.abandoned = setTimeout(() => this.control.stop(), abandonedMs);
  }

  private act(message: Exclude<ToEngine, { readonly type: 'take-steering' }>): void {
    const { control } = this;
    switch (message.type) {
      case 'fit':
        this.begin(message, 'fit', async () => (await work.fit())(message.request, this.hooks.forFit()));
        break;
      case 'sample':
        this.begin(message, 'sampler run', async () => (await work.sample())(message.request, this.hooks.forSample()));
        break;
      case 'outlive':
        this.outlives = message.outlives;
        if (this.phase !== 'idle') this.port.endWithOwner(!this.outlives);
        break;
      case 'check':
        this.check(message);
        break;
      case 'diagnose':
        this.diagnose(message);
        break;
      case 'bridge':
        this.answer('a bridge', async () => (await this.diagnosesOnce()).bridge(message.id, message.request));
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
        this.checks.cancel(message.id);
        break;
      case 'cancel-diagnose':
        this.diagnosing.cancel(message.id);
        break;
      case 'stop':
        this.stop(message.superseded === true);
        break;
      case 'make-way':
        control.makeWay(makeWayMs);
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

  /** The main work: the last thing that the process does. */
  private begin(asked: Work, what: string, run: () => Promise<Ended>): void {
    if (this.phase !== 'idle') {
      this.port.log(`a second ${what} was ignored: one process does one fit or one sampler run`);
      return;
    }
    this.phase = 'preparing';
    this.work = asked;
    this.port.endWithOwner(!this.outlives);
    // The run needs the processor, and the memory of what was diagnosed.
    this.diagnosing.cancelAll();
    this.diagnoses = undefined;
    this.guard(run().then((ended) => this.end(ended)));
  }

  /** Answers once what was asked for before is done; a process at its main work answers nothing. */
  private answer(what: string, make: () => Promise<FromEngine | undefined>): void {
    if (this.phase !== 'idle') {
      this.port.log(`${what} was ignored: a run has begun`);
      return;
    }
    this.queue = this.queue.then(async () => {
      const made = await make();
      if (made !== undefined) this.port.send(made);
    });
    this.guard(this.queue);
  }

  private check({ id, file, text }: Question<'check'>): void {
    this.answer(
      'a check',
      this.checks.asked(id, async (signal) => (await work.check())(id, file, { ...(text !== undefined && { text }), signal })),
    );
    this.queue = this.queue.then(async () => {
      if (this.phase === 'idle') await warmSandbox();
    });
    this.guard(this.queue);
  }

  private diagnose({ id, request }: Question<'diagnose'>): void {
    const onStage = (text: string): void => this.port.send({ type: 'diagnose-stage', id, text });
    this.answer(
      'a diagnosis',
      this.diagnosing.asked(id, async (signal) => (await this.diagnosesOnce()).diagnose(id, request, { signal, onStage })),
    );
  }

  private diagnosesOnce(): ReturnType<typeof work.diagnoses> {
    return (this.diagnoses ??= work.diagnoses());
  }

  private end(ended: Ended): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.hooks.last(ended);
    clearTimeout(this.abandoned);
    void this.leave();
  }

  /** Ends the process once everybody has read how the run ended. */
  private async leave(): Promise<void> {
    await (await this.door)?.close();
    this.port.exit(0);
  }

  private stop(superseded: boolean): void {
    if (superseded) this.control.makeWay(makeWayMs);
    this.control.stop();
    // Before there is a run directory there is nothing to finish.
    if (this.phase !== 'running') this.end({ type: 'ended', end: { kind: 'stopped' }, notes: [] });
    else this.audience.send({ type: 'stage', text: 'Stopping' });
  }

  /** A fault of the program ends the process; the host sees how and keeps what was logged. */
  private guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.port.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.port.exit(1);
    });
  }
}
