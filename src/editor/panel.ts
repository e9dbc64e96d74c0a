/** One panel: a webview beside the code, and the model that it shows. The page keeps nothing that matters. */

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml } from '../shared/panelHtml';
import type { FromPanel, PanelCommand, PanelView, ToPanel } from '../shared/panelProtocol';
import { panelTexts } from '../shared/panelTexts';
import type { SurveyedExecutor } from '../shared/protocol';
import { toWire } from '../shared/wire';
import type { DiagnoseService } from './diagnoseService';
import { Disposable } from './disposable';
import { energyKey } from './energyRef';
import type { EngineQuestions } from './engineQuestions';
import { executorList } from './executorList';
import type { FitService } from './fitService';
import { PanelFeed } from './panelFeed';
import type { PanelModel } from './panelModel';
import { answerView } from './panelSlices';
import { SampleFeed } from './sampleFeed';
import type { SampleService } from './sampleService';
import { saveChart } from './saveChart';
import { t } from './t';
import { whyUntrusted } from './trust';

/** What a panel follows. */
export interface PanelServices {
  readonly fits: FitService;
  readonly samples: SampleService;
  readonly diagnoses: DiagnoseService;
  readonly questions: EngineQuestions;
}

/** What a panel asks of its surroundings. */
export interface PanelActions {
  /** Carries out what the user asked for in the page. */
  readonly run: (panel: Panel, command: PanelCommand) => Promise<void>;
  /** The panel has changed in a way that should outlive the window. */
  readonly changed: () => void;
}

export const panelType = 'unblind.panel';

/** How webviews of panels are made, anew or after a reload. */
export function panelOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist', 'webview')] };
}

export class Panel extends Disposable {
  private readonly closes = this.register(new vscode.EventEmitter<void>());
  readonly onDidClose = this.closes.event;
  /** Messages that were sent to the page, by type: what tests look at. */
  readonly sent = new Map<ToPanel['type'], number>();
  private readonly feed: PanelFeed;
  private readonly sampleFeed: SampleFeed;
  /** A view that was asked for while the page did not listen. */
  private asked: PanelView | undefined;
  /** Whether the page has said that it listens, and was not hidden since. */
  private ready = false;
  /** Which executors work here, once somebody has asked. */
  private survey: readonly SurveyedExecutor[] | undefined;

  constructor(
    private readonly webview: vscode.WebviewPanel,
    readonly model: PanelModel,
    private readonly extension: vscode.Uri,
    private readonly services: PanelServices,
    private readonly actions: PanelActions,
  ) {
    super();
    this.feed = this.register(new PanelFeed(model, (message) => this.post(message), t));
    this.sampleFeed = this.register(new SampleFeed(model, (message) => this.post(message), t));
    this.register(webview.webview.onDidReceiveMessage((message: FromPanel) => void this.receive(message)));
    this.register(webview.onDidChangeViewState(() => this.viewStateChanged()));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.hydrate()));
    this.follow();
    webview.onDidDispose(() => {
      // What is gone can neither be asked nor told anything.
      this.ready = false;
      this.feed.stop();
      this.sampleFeed.stop();
      this.closes.fire();
      this.dispose();
    });
    webview.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    webview.webview.html = this.html();
  }

  get visible(): boolean {
    return this.webview.visible;
  }

  get title(): string {
    return this.webview.title;
  }

  /** Shows the panel where it is, without taking the focus. */
  reveal(): void {
    this.webview.reveal(undefined, true);
  }

  close(): void {
    this.webview.dispose();
  }

  /** Tells the page everything. */
  hydrate(): void {
    if (!this.ready || !this.visible) return;
    this.post({ type: 'hydrate', snapshot: this.model.snapshot(executorList(t, this.survey), whyUntrusted()) });
    this.feed.start();
    this.sampleFeed.start();
    this.sayView();
  }

  /** Something was set that should outlive the window. */
  changed(): void {
    this.actions.changed();
  }

  /** Brings a view to the front that the user has asked for elsewhere. */
  show(view: PanelView): void {
    this.model.view = view;
    this.asked = view;
    if (!this.visible) this.reveal();
    this.sayView();
  }

  private sayView(): void {
    if (!this.ready || !this.visible || this.asked === undefined) return;
    this.post({ type: 'show', view: this.asked });
    this.asked = undefined;
  }

  /** Passes on what happens to the runs and the diagnosis that are shown. */
  private follow(): void {
    const { model, services } = this;
    this.register(
      services.fits.onDidChange((event) => {
        const concerned = model.runs.some(({ session }) => session === event.session);
        if (concerned && event.change.type === 'started') this.hydrate();
        this.feed.take(event);
        if (concerned && (event.change.type === 'started' || event.change.type === 'ended')) this.actions.changed();
      }),
    );
    this.register(
      services.samples.onDidChange((event) => {
        this.sampleFeed.take(event);
        if (model.sampling?.session === event.session && event.change.type === 'started') this.actions.changed();
      }),
    );
    this.register(
      services.diagnoses.onDidChange((energy) => {
        if (model.energy === undefined || energyKey(model.energy) !== energyKey(energy)) return;
        model.liveDiagnosis = services.diagnoses.of(energy)?.shown;
        if (this.ready && this.visible) this.post({ type: 'diagnosis', diagnosis: model.diagnosis });
        this.actions.changed();
      }),
    );
  }

  private html(): string {
    const { webview } = this.webview;
    const resource = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.extension, 'dist', 'webview', name)).toString();
    return panelHtml({
      scriptUri: resource('panel.js'),
      styleUri: resource('panel.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      lang: vscode.env.language,
      texts: Object.fromEntries(panelTexts.map((text) => [text, t(text)])),
    });
  }

  private post(message: ToPanel): void {
    this.sent.set(message.type, (this.sent.get(message.type) ?? 0) + 1);
    void this.webview.webview.postMessage(toWire(message));
  }

  private viewStateChanged(): void {
    if (this.visible) return;
    // A hidden page is taken down; it says that it is ready once it is there again.
    this.ready = false;
    this.feed.stop();
    this.sampleFeed.stop();
  }

  private async receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        {
          this.hydrate();
          return;
        }
      case 'command':
        return this.actions.run(this, message.command);
      case 'openSnapshot': {
        const { runId, step } = message;
        const frame = await this.model.find(runId)?.frameAt(step);
        this.post({ type: 'snapshotFrame', runId, step, frame });
        return;
      }
      case 'openSampleSnapshot': {
        const { id, step } = message;
        const frame = this.model.sampling?.id === id ? await this.model.sampling.frameAt(step) : undefined;
        this.post({ type: 'sampleSnapshot', id, step, frame });
        return;
      }
      case 'bridge': {
        const { id, request } = message;
        const refusal = whyUntrusted();
        const answer = refusal === undefined ? await this.services.diagnoses.bridge(id, request) : { problem: refusal };
        if (answer !== undefined && this.ready) this.post({ type: 'bridged', id, request, answer });
        return;
      }
      case 'view': {
        const answer = await answerView(message, this.model, this.services.questions, whyUntrusted(), t);
        if (answer !== undefined && this.ready) this.post(answer);
        return;
      }
      case 'survey': {
        this.survey = await this.services.questions.survey();
        if (this.ready) this.post({ type: 'executors', executors: executorList(t, this.survey) });
        return;
      }
      case 'save':
        return saveChart(message);
      case 'uiState':
        this.model.ui = message.state;
        {
          this.actions.changed();
          return;
        }
    }
  }
}
