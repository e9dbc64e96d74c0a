/** Diagnoses of this window, one at a time for each energy. No VS Code in here. */

import type { BridgeAnswer, BridgeRequest, DiagnoseRequest } from '../shared/diagnosisProtocol';
import { Diagnosing } from './diagnosing';
import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { EngineSource } from './engines';
import type { KeptDiagnoses } from './keptDiagnoses';
import { nameOf } from './sessionService';
import { type Translate, untranslated } from './translate';

export class DiagnoseService extends Disposable {
  private readonly changes = this.register(new Emitter<EnergyRef>());
  /** There is something new to show of an energy. */
  readonly onDidChange = this.changes.event;
  private readonly ends = this.register(new Emitter<Diagnosing>());
  /** A diagnosis has come to its end, which was not that somebody gave it up. */
  readonly onDidEnd = this.ends.event;
  private readonly byEnergy = new Map<string, Diagnosing>();
  /** Those whose end nobody has been told of. */
  private readonly going = new Set<Diagnosing>();
  /** What was found before, for as long as another diagnosis goes on. */
  private readonly before = new Map<string, Diagnosing>();

  /** @param kept what outlives the window, besides the diagnoses of runs */
  constructor(
    private readonly engines: () => Promise<EngineSource>,
    private readonly t: Translate = untranslated,
    private readonly kept?: KeptDiagnoses,
  ) {
    super();
    this.register({ dispose: () => this.disposeAll() });
  }

  /** The last diagnosis of an energy, or its way there. */
  of(energy: EnergyRef): Diagnosing | undefined {
    return this.byEnergy.get(energyKey(energy));
  }

  /** Those that go on, oldest first. */
  get active(): readonly Diagnosing[] {
    return [...this.byEnergy.values()].filter(({ isActive }) => isActive);
  }

  /** Takes up what was found before this window, of energies that nothing was found of since. */
  async restore(): Promise<void> {
    if (this.kept === undefined) return;
    for await (const found of this.kept.all()) {
      const { file, energy, executor, seed } = found.record;
      const request = { file, energy, executor, seed, run: undefined };
      const key = energyKey(nameOf(request));
      if (this.isDisposed) return;
      if (this.byEnergy.has(key)) continue;
      this.byEnergy.set(key, new Diagnosing(request, found, this.t, () => undefined));
      this.changes.fire(nameOf(request));
    }
  }

  /** Diagnoses an energy; a diagnosis of it that goes on is given up. */
  async start(request: DiagnoseRequest): Promise<Diagnosing> {
    const energy = nameOf(request);
    const key = energyKey(energy);
    const source = await this.engines();
    this.cancel(energy);
    const last = this.byEnergy.get(key);
    // Only the newest can be asked anything.
    last?.letGo(this.t('Another diagnosis has taken its place.'));
    const keepIn = this.kept?.directoryOf(energy);
    const asked = keepIn === undefined ? request : { ...request, keepIn };
    const diagnosing: Diagnosing = new Diagnosing(asked, source.acquire(), this.t, () => this.changed(diagnosing, energy));
    this.byEnergy.delete(key);
    this.byEnergy.set(key, diagnosing);
    this.going.add(diagnosing);
    if (last?.state.kind === 'done') this.before.set(key, last);
    this.changes.fire(energy);
    return diagnosing;
  }

  /** Gives a diagnosis up that goes on; what was found before is shown again. */
  cancel(energy: EnergyRef): void {
    const key = energyKey(energy);
    const current = this.byEnergy.get(key);
    if (current?.isActive !== true) return;
    this.byEnergy.delete(key);
    this.going.delete(current);
    const before = this.before.get(key);
    this.before.delete(key);
    if (before !== undefined) this.byEnergy.set(key, before);
    current.dispose();
    this.changes.fire(energy);
  }

  /** Figures with another bridge, or why there are none; undefined where a newer request has come before its turn. */
  bridge(id: string, request: BridgeRequest): Promise<BridgeAnswer | undefined> {
    const diagnosing = [...this.byEnergy.values()].find((one) => one.id === id);
    const problem = this.t('The engine of this diagnosis is gone: diagnose again to move the bridge.');
    return diagnosing?.bridge(request) ?? Promise.resolve({ problem });
  }

  /** Nobody looks at an energy any more: the process of a diagnosis that is done is given back. */
  release(energy: EnergyRef): void {
    const diagnosing = this.of(energy);
    if (diagnosing?.isActive === false) diagnosing.letGo(this.t('The panel was closed.'));
  }

  private changed(diagnosing: Diagnosing, energy: EnergyRef): void {
    if (this.of(energy) !== diagnosing) return;
    this.changes.fire(energy);
    if (diagnosing.isActive || !this.going.delete(diagnosing)) return;
    this.before.delete(energyKey(energy));
    void this.tidy(diagnosing, energy);
    this.ends.fire(diagnosing);
  }

  /** What is kept of an energy is its last diagnosis: none, where a run holds that. */
  private async tidy({ state }: Diagnosing, energy: EnergyRef): Promise<void> {
    if (state.kind === 'done' && state.answer.record.runDir !== null) await this.kept?.forget(energy);
    await this.kept?.prune();
  }

  private disposeAll(): void {
    const all = [...this.byEnergy.values()];
    // Nobody is told of ends that the window's brings about.
    this.byEnergy.clear();
    for (const diagnosing of all) diagnosing.dispose();
  }
}
