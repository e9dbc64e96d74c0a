/** What one panel shows: an energy, the runs laid over each other, its particles and its diagnosis, and the settings of the next ones. No VS Code in here. */

import type { PanelDiagnosis, PanelExecutor, PanelSampleSettings, PanelSettings, PanelSnapshot, PanelView } from '../shared/panelProtocol';
import type { FitSettings } from '../shared/settings';
import { defaultFitSettings } from '../shared/settings';
import type { EnergyRef } from './energyRef';
import { objectiveTexts } from './objectiveNames';
import type { PanelRunSource } from './panelRuns';
import { defaultSampleSettings } from './panelSampleSettings';
import type { SamplingSource } from './panelSamplings';
import type { RunSession } from './runSession';
import type { SampleSession } from './sampleSession';
import { samplerList } from './samplerList';
import type { Translate } from './translate';

/** More curves than this cannot be told apart; the oldest goes. */
const mostRuns = 6;

const overridable = ['objective', 'beta', 'mixing', 'mixingWidth', 'steps', 'learningRate'] as const satisfies readonly (keyof FitSettings &
  keyof PanelSettings)[];

export class PanelModel {
  private sources: PanelRunSource[] = [];
  private active: string | undefined;
  /** What the user has set by hand; it wins over the energy file. */
  private touched: Partial<PanelSettings> = {};
  /** Interface state of the page, handed back to a page that has lost its own. */
  ui: unknown = undefined;
  /** What is shown first. */
  view: PanelView = 'fit';
  /** The last sampler run. */
  sampling: SamplingSource | undefined;
  /** What the form of the sampler says. */
  sampleSettings: PanelSampleSettings = defaultSampleSettings;
  /** A diagnosis of this window, and one that lay on disk. */
  liveDiagnosis: PanelDiagnosis | undefined;
  storedDiagnosis: PanelDiagnosis | undefined;

  constructor(
    /** Undefined for a panel that compares runs of several energies. */
    readonly energy: EnergyRef | undefined,
    private readonly t: Translate,
    private readonly defaultExecutor: () => string,
  ) {}

  get runs(): readonly PanelRunSource[] {
    return this.sources;
  }

  get activeRun(): PanelRunSource | undefined {
    return this.find(this.active);
  }

  /** The diagnosis that is shown. */
  get diagnosis(): PanelDiagnosis | undefined {
    return this.liveDiagnosis ?? this.storedDiagnosis;
  }

  /** Directory of the active run, where that has a model to sample and to diagnose. */
  get finishedRun(): string | undefined {
    const { activeRun } = this;
    return activeRun?.finished === true ? activeRun.directory : undefined;
  }

  /** The session of a run of any kind. */
  sessionOf(id: string): RunSession | SampleSession | undefined {
    return this.sampling?.id === id ? this.sampling.session : this.find(id)?.session;
  }

  find(id: string | undefined): PanelRunSource | undefined {
    return this.sources.find((source) => source.id === id);
  }

  /** Shows a run and makes it the active one. A stored run that is there already is only made active. */
  add(source: PanelRunSource): void {
    const there = this.sources.find(
      (other) => other.id === source.id || (source.directory !== undefined && other.directory === source.directory),
    );
    this.active = (there ?? source).id;
    if (there !== undefined) return;
    this.sources.push(source);
    if (this.sources.length > mostRuns)
      this.sources.splice(
        this.sources.findIndex((other) => other.session?.isActive !== true && other !== source),
        1,
      );
  }

  /** Puts a run in the place of another, which it continues. */
  replace(old: PanelRunSource, source: PanelRunSource): void {
    const at = this.sources.indexOf(old);
    if (at < 0) this.add(source);
    else this.sources[at] = source;
    this.active = source.id;
  }

  remove(id: string): void {
    this.sources = this.sources.filter((source) => source.id !== id);
    if (this.active === id) this.active = this.sources.at(-1)?.id;
  }

  activate(id: string): void {
    if (this.find(id) !== undefined) this.active = id;
  }

  set(changes: Partial<PanelSettings>): void {
    this.touched = { ...this.touched, ...changes };
  }

  /** Settings as the controls show them: the active run's, then what the user has set. */
  get settings(): PanelSettings {
    return { ...this.base(), ...this.touched };
  }

  /** Takes settings as the controls have them: what differs from the energy's own is the user's. */
  take(settings: PanelSettings): void {
    const base = this.base();
    const changed = Object.entries(settings).filter(([key, value]) => key in this.touched || value !== base[key as keyof PanelSettings]);
    this.touched = { ...this.touched, ...(Object.fromEntries(changed) as Partial<PanelSettings>) };
  }

  /** What the user's settings say to the engine; the energy file decides the rest. */
  overrides(): Partial<FitSettings> {
    const { touched } = this;
    const chosen = Object.fromEntries(overridable.filter((key) => touched[key] !== undefined).map((key) => [key, touched[key]]));
    // The energy file's own mixing density has no width to set.
    return this.settings.mixing === 'file' && (touched.mixing ?? touched.mixingWidth) !== undefined
      ? { ...chosen, mixingWidth: 0 }
      : chosen;
  }

  snapshot(executors: readonly PanelExecutor[], refusal: string | undefined): PanelSnapshot {
    const labels = this.labels();
    return {
      energy: this.energy,
      runs: this.sources.map((source, index) => source.panelRun(labels[index]!)),
      activeRun: this.active,
      settings: this.settings,
      executors,
      view: this.view,
      sampling: this.sampling?.panelSampling(),
      sampleSettings: this.sampleSettings,
      samplers: samplerList(this.t),
      diagnosis: this.diagnosis,
      refusal,
      ui: this.ui,
    };
  }

  /** Short and distinct: the objective, with the seed or a number where that does not tell runs apart. */
  labels(): string[] {
    const texts = objectiveTexts(this.t);
    const names = this.sources.map(({ objective }) => texts[objective].short);
    const withSeeds = this.sources.map(({ seed }, i) =>
      names.filter((name) => name === names[i]).length > 1 ? this.t('{0}, seed {1}', names[i]!, seed) : names[i]!,
    );
    return withSeeds.map((label, i) => {
      const same = withSeeds.map((other, j) => (other === label ? j : -1)).filter((j) => j >= 0);
      return same.length > 1 ? this.t('{0}, run {1}', label, same.indexOf(i) + 1) : label;
    });
  }

  private base(): PanelSettings {
    const run = this.activeRun;
    const { objective, beta, mixing, mixingWidth, steps, learningRate } = run?.settings ?? defaultFitSettings;
    return { objective, beta, mixing, mixingWidth, steps, learningRate, executor: this.defaultExecutor(), seed: run?.seed ?? 0 };
  }
}
