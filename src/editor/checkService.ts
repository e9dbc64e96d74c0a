/** Has energy files checked in an engine process, one after the other. No VS Code in here. */

import type { CheckLineMessage } from '../shared/protocol';
import type { Checked } from './checkProblems';
import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { EngineSource } from './engines';
import type { EnginePort } from './enginePort';
import { type Translate, untranslated } from './translate';

/** The process is given back after so long without a check. */
const idleMilliseconds = 120_000;

/** What a check came to; `failure` says why there is no answer. */
export type CheckOutcome = { readonly checked: Checked } | { readonly failure: string };

/** A file that has been checked. */
export interface CheckedFile {
  readonly file: string;
  readonly checked: Checked;
  /** The text that was checked, where it was not saved; undefined for what is on disk. */
  readonly text: string | undefined;
}

interface Waiting {
  readonly file: string;
  readonly text: string | undefined;
  readonly resolve: (outcome: CheckOutcome) => void;
}

export class CheckService extends Disposable {
  private readonly results = this.register(new Emitter<CheckedFile>());
  /** A file has been checked. */
  readonly onDidCheck = this.results.event;
  private engine: EnginePort | undefined;
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;
  private readonly waiting = new Map<number, Waiting>();
  private readonly lines = new Map<string, readonly CheckLineMessage[]>();

  constructor(
    private readonly engines: () => Promise<EngineSource>,
    private readonly t: Translate = untranslated,
  ) {
    super();
    this.register({ dispose: () => this.release() });
  }

  /** What the last check found for an energy; empty before the first. */
  linesOf(energy: EnergyRef): readonly CheckLineMessage[] {
    return this.lines.get(energyKey(energy)) ?? [];
  }

  /**
   * Checks a file.
   * @param text an editor's text, not saved yet; without it, what is on disk is checked. It is overtaken by any newer check
   * of the file: then it comes to nothing, and nobody is told of it.
   */
  async check(file: string, text?: string): Promise<CheckOutcome> {
    this.overtake(file);
    const source = await this.engines();
    if (this.isDisposed) return { failure: this.t('The window is closing.') };
    clearTimeout(this.idle);
    const engine = (this.engine ??= this.connect(source));
    const id = ++this.lastId;
    return new Promise((resolve) => {
      this.waiting.set(id, { file, text, resolve });
      engine.send({ type: 'check', id, file, ...(text !== undefined && { text }) });
    });
  }

  /** Gives up checks of unsaved text of a file. */
  overtake(file: string): void {
    for (const [id, waiting] of this.waiting) {
      if (waiting.file !== file || waiting.text === undefined) continue;
      this.waiting.delete(id);
      this.engine?.send({ type: 'cancel-check', id });
      waiting.resolve({ failure: this.t('The text has changed meanwhile.') });
    }
    this.rest();
  }

  /** Gives its process away to a fit, which then starts at once; undefined while it is busy, or where there is none. */
  handOver(): EnginePort | undefined {
    if (this.waiting.size > 0) return undefined;
    clearTimeout(this.idle);
    const { engine } = this;
    this.engine = undefined;
    return engine;
  }

  private connect(source: EngineSource): EnginePort {
    const engine = source.acquire();
    engine.onMessage((message) => {
      if (message.type === 'checked' && engine === this.engine) this.answer(message);
    });
    engine.onEnd((end) => {
      if (engine !== this.engine) return;
      this.engine = undefined;
      const failure = 'message' in end ? end.message : this.t('The engine process has ended.');
      for (const { resolve } of this.waiting.values()) resolve({ failure });
      this.waiting.clear();
    });
    return engine;
  }

  private answer(checked: Checked): void {
    const waiting = this.waiting.get(checked.id);
    if (waiting === undefined) return;
    this.waiting.delete(checked.id);
    for (const { name, lines } of checked.energies) this.lines.set(energyKey({ file: waiting.file, name }), lines);
    waiting.resolve({ checked });
    this.results.fire({ file: waiting.file, checked, text: waiting.text });
    this.rest();
  }

  /** Gives the process back after a while without checks. */
  private rest(): void {
    if (this.waiting.size > 0 || this.engine === undefined) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.release(), idleMilliseconds);
    this.idle.unref();
  }

  private release(): void {
    clearTimeout(this.idle);
    const { engine } = this;
    this.engine = undefined;
    engine?.dispose();
    for (const { resolve } of this.waiting.values()) resolve({ failure: this.t('The check was given up.') });
    this.waiting.clear();
  }
}
