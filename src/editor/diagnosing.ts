/** The diagnosis of one energy: in a process of its own, which answers questions about it as long as it is kept. No VS Code in here. */

import type { DiagnosisFigures, DiagnosisRecord } from '../shared/diagnosis';
import type { BridgeAnswer, BridgeRequest, DiagnoseRequest, DiagnosisAnswer } from '../shared/diagnosisProtocol';
import type { PanelDiagnosis } from '../shared/panelProtocol';
import type { FromEngine } from '../shared/protocol';
import { Disposable } from './disposable';
import type { EnginePort } from './enginePort';
import { asSentence } from './endWords';
import { LatestRequest } from './latestRequest';
import type { Translate } from './translate';

let count = 0;

/** A diagnosis that is done. */
export interface Found {
  readonly record: DiagnosisRecord;
  readonly figures: DiagnosisFigures;
}

export class Diagnosing extends Disposable {
  readonly id = `diagnosis-${++count}`;
  state: PanelDiagnosis['state'];
  /** The end of what the engine process wrote, once it is gone. */
  log = '';
  /** Whether it failed because its process ended, and not for what is in the file. */
  broke = false;
  /** Undefined once the process is gone. */
  private engine: EnginePort | undefined;
  private lastId = 0;
  private resolveBridge: ((answer: BridgeAnswer) => void) | undefined;
  private readonly bridges = new LatestRequest<BridgeRequest, BridgeAnswer>((request) => this.askBridge(request));

  /**
   * @param from the process that is asked, or what was found before this window: nobody can be asked about that any more
   * @param changed is told when there is something new to show
   */
  constructor(
    readonly request: DiagnoseRequest,
    from: EnginePort | Found,
    private readonly t: Translate,
    private readonly changed: () => void,
  ) {
    super();
    if ('record' in from) {
      this.state = { kind: 'done', answer: from };
      return;
    }
    const engine = from;
    this.state = { kind: 'stage', text: t('Starting') };
    this.engine = engine;
    this.register(engine.onMessage((message) => this.receive(message)));
    this.register(engine.onEnd((end) => this.ended('message' in end ? asSentence(end.message) : t('The engine process has ended.'))));
    this.register({ dispose: () => this.letGo(t('The diagnosis was closed.')) });
    engine.send({ type: 'diagnose', id: ++this.lastId, request });
  }

  get isActive(): boolean {
    return this.state.kind === 'stage';
  }

  get enginePid(): number | undefined {
    return this.engine?.pid;
  }

  /** As a panel shows it. */
  get shown(): PanelDiagnosis {
    return { id: this.id, state: this.state, live: this.state.kind === 'done' && this.engine !== undefined };
  }

  /** Figures with another bridge, or why there are none; undefined where a newer request has come before its turn. */
  bridge(request: BridgeRequest): Promise<BridgeAnswer | undefined> {
    return this.bridges.ask(request);
  }

  /** Gives the process back; what was found stays. */
  letGo(reason: string): void {
    const { engine } = this;
    if (engine === undefined) return;
    if (this.isActive) engine.send({ type: 'cancel-diagnose', id: 1 });
    engine.dispose();
    this.ended(reason);
  }

  private askBridge(request: BridgeRequest): Promise<BridgeAnswer> {
    const { engine } = this;
    if (engine === undefined || this.isActive)
      return Promise.resolve({ problem: this.t('The engine of this diagnosis is gone: diagnose again to move the bridge.') });
    return new Promise((resolve) => {
      this.resolveBridge = resolve;
      engine.send({ type: 'bridge', id: ++this.lastId, request });
    });
  }

  private receive(message: FromEngine): void {
    if (this.engine === undefined) return;
    if (message.type === 'diagnose-stage' && this.isActive) {
      this.state = { kind: 'stage', text: message.text };
      this.changed();
    }
    if (message.type === 'diagnosed' && this.isActive) this.answered(message.answer);
    if (message.type === 'bridged' && message.id === this.lastId) this.answerBridge(message.answer);
  }

  private answered(answer: DiagnosisAnswer): void {
    this.state =
      'record' in answer ? { kind: 'done', answer } : { kind: 'failed', words: asSentence(answer.problem), position: answer.position };
    this.changed();
  }

  private answerBridge(answer: BridgeAnswer): void {
    const resolve = this.resolveBridge;
    this.resolveBridge = undefined;
    resolve?.(answer);
  }

  /** The process is gone. */
  private ended(words: string): void {
    if (this.engine === undefined) return;
    this.log = this.engine.log;
    this.engine = undefined;
    if (this.isActive) {
      this.broke = true;
      this.state = { kind: 'failed', words: this.t('{0} Diagnose again.', words), position: undefined };
    }
    this.answerBridge({ problem: words });
    this.changed();
  }
}
