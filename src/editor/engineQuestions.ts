/** Questions to an engine process that fits nothing: slices of stored runs, and which executors work here. No VS Code in here. */

import type { FromEngine, SliceRequest, SurveyedExecutor, ToEngine } from '../shared/protocol';
import { Disposable } from './disposable';
import type { EngineSource } from './engines';
import type { EnginePort } from './enginePort';

/** The process is given back after so long without a question. */
const idleMilliseconds = 60_000;

type Answer = Extract<FromEngine, { type: 'sliced' | 'surveyed' }>;
export type SliceAnswer = Pick<Extract<FromEngine, { type: 'sliced' }>, 'slice' | 'problem' | 'note'>;

interface Asked {
  readonly answer: (answer: Answer) => void;
  readonly fail: (reason: string) => void;
}

export class EngineQuestions extends Disposable {
  private engine: EnginePort | undefined;
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;
  private readonly asked = new Map<number, Asked>();
  /** The newest slice that somebody wants of each run while another one is computed: sliders ask faster than an engine answers. */
  private readonly next = new Map<
    string,
    { readonly request: SliceRequest; readonly resolve: (answer: SliceAnswer | undefined) => void }
  >();
  private slicing = false;
  private surveyed: Promise<readonly SurveyedExecutor[] | undefined> | undefined;

  constructor(private readonly engines: () => Promise<EngineSource>) {
    super();
    this.register({ dispose: () => this.release('The window is closing.') });
  }

  /** The slice of a stored model, or why there is none; undefined where a newer request of the same run has come before its turn. */
  slice(request: SliceRequest): Promise<SliceAnswer | undefined> {
    return new Promise((resolve) => {
      this.next.get(request.runDir)?.resolve(undefined);
      this.next.set(request.runDir, { request, resolve });
      if (!this.slicing) void this.work();
    });
  }

  /** Tries every executor, once a window; undefined where that could not be done, which may be asked again. */
  survey(): Promise<readonly SurveyedExecutor[] | undefined> {
    return (this.surveyed ??= this.ask((id) => ({ type: 'survey', id })).then(
      (answer) => (answer.type === 'surveyed' ? answer.executors : undefined),
      () => {
        this.surveyed = undefined;
        return undefined;
      },
    ));
  }

  private async work(): Promise<void> {
    this.slicing = true;
    for (let first = this.takeNext(); first !== undefined; first = this.takeNext()) {
      const { request, resolve } = first;
      try {
        const answer = await this.ask((id) => ({ type: 'slice', id, request }));
        resolve(answer.type === 'sliced' ? answer : undefined);
      } catch (error) {
        resolve({ slice: undefined, problem: error instanceof Error ? error.message : String(error), note: undefined });
      }
    }
    this.slicing = false;
  }

  private takeNext(): { readonly request: SliceRequest; readonly resolve: (answer: SliceAnswer | undefined) => void } | undefined {
    const [entry] = this.next;
    if (entry === undefined) return undefined;
    this.next.delete(entry[0]);
    return entry[1];
  }

  /** Rejects with a sentence where the process ends first. */
  private async ask(message: (id: number) => ToEngine): Promise<Answer> {
    const source = await this.engines();
    if (this.isDisposed) throw new Error('The window is closing.');
    clearTimeout(this.idle);
    const engine = (this.engine ??= this.connect(source));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { answer: resolve, fail: (reason) => reject(new Error(reason)) });
      engine.send(message(id));
    });
  }

  private connect(source: EngineSource): EnginePort {
    const engine = source.acquire();
    engine.onMessage((message) => {
      if (engine === this.engine && (message.type === 'sliced' || message.type === 'surveyed')) this.take(message);
    });
    engine.onEnd((end) => {
      if (engine !== this.engine) return;
      this.engine = undefined;
      this.failAll('message' in end ? end.message : 'The engine process has ended.');
    });
    return engine;
  }

  private take(answer: Answer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    asked?.answer(answer);
    if (this.asked.size > 0) return;
    this.idle = setTimeout(() => this.release('The engine process was given back.'), idleMilliseconds);
    this.idle.unref();
  }

  private failAll(reason: string): void {
    const waiting = [...this.asked.values()];
    this.asked.clear();
    for (const { fail } of waiting) fail(reason);
  }

  private release(reason: string): void {
    clearTimeout(this.idle);
    const { engine } = this;
    this.engine = undefined;
    engine?.dispose();
    this.failAll(reason);
  }
}
