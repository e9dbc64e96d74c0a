/** Tries one fault on a run of its own, and says what was lost. */

import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkpointFile, eventsFile, ownerFile, recordFile, runsFolder } from '../../../src/runs/layout';
import { readRun } from '../../../src/runs/runReader';
import { checkEvent } from '../../../src/runs/checkEvent';
import { differences, keyOf } from './compare';
import { type Damaged, inflict, touchedLines } from './damage';
import { bytesLost, changes, digests, passing, wholeLines } from './files';
import { inspect, isSentence, type Parts } from './inspect';
import type { Among, Blow, Damage, Fault } from './plan';
import { type Ended, type Programs, runProcess, type Work } from './programs';
import { room, SmallDisk } from './smallDisk';
import { energyName, onlyRun, type Subject, type Undisturbed } from './subjects';

/** What came of a fault. */
export interface Outcome {
  /** Sentences on what is wrong with the run, or with another one; none where nothing was lost. */
  readonly lost: readonly string[];
  /** Bytes of whole lines of the log that were there and are not any more. */
  readonly bytesLost: number;
  /** What befell the run, in a few words. */
  readonly story: readonly string[];
}

/** The longest time that a kill may undo, by the clock of the process. */
const mostMsUndone = 5000;
/** Writes of a process that resumes a run after its last step. */
const fewestWrites = 12;
const plenty = 64 * 2 ** 20;
const neighbourName = 'neighbour';

class Trial {
  readonly lost: string[] = [];
  readonly story: string[] = [];
  bytes = 0;
  /** Lines that a reader may have seen. */
  private seen: Buffer = Buffer.alloc(0);
  private readonly runs: string;
  private readonly neighbour: string;
  private neighbourWas = new Map<string, string>();
  private disk: SmallDisk | undefined;
  /** Writes of the processes so far. */
  private readonly writes: Record<Among, number> = { all: 0, files: 0 };
  private readonly stops = new Set<number>();
  private damaged: Damaged | undefined;
  /** Whether the damage is to a run that was done: nothing goes on there. */
  private damagedWhenDone = false;

  constructor(
    private readonly programs: Programs,
    private readonly subject: Subject,
    private readonly fault: Fault,
    private readonly project: string,
    private readonly whole: Undisturbed,
  ) {
    this.runs = runsFolder(project);
    this.neighbour = join(this.runs, neighbourName);
  }

  private blame(what: string): void {
    this.lost.push(what);
  }

  private get directory(): string {
    return onlyRun(this.project, neighbourName) ?? join(this.runs, 'run');
  }

  private get isRun(): boolean {
    return existsSync(join(this.directory, recordFile));
  }

  private get isDone(): boolean {
    const end = readRun(this.directory).events.at(-1);
    return end?.type === 'end' && end.status === 'done';
  }

  async run(): Promise<void> {
    const { fault, subject } = this;
    cpSync(subject.project, this.project, { recursive: true });
    const theirs = (await subject.undisturbed('child')).directory;
    if (fault.room !== undefined) {
      const bytes = room(theirs) + Math.floor(fault.room * room(theirs));
      this.disk = SmallDisk.mount(this.runs, bytes);
      if (!this.disk) throw new Error('No file system can be mounted here.');
      this.story.push(`room for ${bytes} bytes`);
    }
    try {
      cpSync(theirs, this.neighbour, { recursive: true });
      this.neighbourWas = digests(this.neighbour);
      await this.disturb();
      if (this.isRun) await this.recover(theirs);
      else this.checkNoRun();
      if (changes(this.neighbourWas, digests(this.neighbour)).length > 0) this.blame('another run was changed');
    } finally {
      this.disk?.unmount();
    }
  }

  private async disturb(): Promise<void> {
    const { fault } = this;
    if (fault.killedAfter !== undefined) await this.killFromOutside(fault.killedAfter);
    else if (fault.room !== undefined) await this.fillUp();
    else if (fault.blows.length === 0) {
      mkdirSync(this.directory);
      cpSync(this.whole.directory, this.directory, { recursive: true });
    }
    for (const [i, blow] of fault.blows.entries()) {
      // What did not become a run cannot be resumed, and one that is done need not.
      if (i > 0 && (!this.isRun || this.isDone)) return;
      this.judge(await this.process(i > 0, blow), blow);
    }
    if (fault.damage && this.isRun) this.damage(fault.damage);
  }

  private async process(resume: boolean, blow?: Blow, training?: Work['training']): Promise<Ended> {
    const { fault, subject, whole } = this;
    // A process that resumes has fewer writes to do, but at least those of the end.
    const nth = (share: number, among: Among): number =>
      1 + Math.floor(share * Math.max(whole.writes[among] - this.writes[among], fewestWrites));
    const { clock } = fault;
    const injection = {
      ...{ folder: this.runs, except: this.neighbour, tick: subject.tick },
      ...(blow && { blow: { what: blow, at: nth(blow.at, blow.among) } }),
      ...(clock && { clock: { at: nth(clock.at, 'all'), hours: clock.hours } }),
    };
    const file = join(this.project, energyName);
    const work: Work = {
      program: fault.program,
      subject,
      file,
      directory: this.directory,
      resume,
      injection: training ? undefined : injection,
      ...(training && { training }),
    };
    const ended = await runProcess(this.programs, work, join(this.project, 'report.json'));
    this.follow(resume, ended, blow);
    return ended;
  }

  /** Keeps the story, and sees that the log has only grown. */
  private follow(resume: boolean, { status, signal, said, hung, report }: Ended, blow?: Blow): void {
    const struck = report?.struck === undefined ? '' : ` at write ${report.writes.all}, ${report.struck}`;
    const met = blow ? ` ${'when' in blow ? blow.when : 'code' in blow ? blow.code : ''} ${blow.kind}${struck}` : '';
    this.story.push(`${resume ? 'resume' : 'fit'}:${met} -> ${signal ?? `status ${status ?? 'none'}`}${said === '' ? '' : `, "${said}"`}`);
    for (const among of ['all', 'files'] as const) this.writes[among] += report?.writes[among] ?? 0;
    if (!resume && blow && report?.struck === undefined) this.blame('what should befall its process did not');
    if (hung) this.blame('a process did not end');
    this.see(wholeLines(this.directory));
  }

  private see(now: Buffer): void {
    if (existsSync(this.directory)) this.bytes += bytesLost(this.seen, now);
    this.seen = now;
  }

  private async killFromOutside(share: number): Promise<void> {
    const wait = share * this.whole.milliseconds;
    let timer: NodeJS.Timeout | undefined;
    const { signal } = await this.process(false, undefined, (process) => {
      timer = setTimeout(() => {
        this.see(wholeLines(this.directory));
        process.kill('SIGKILL');
      }, wait);
    });
    clearTimeout(timer);
    this.story.push(signal === 'SIGKILL' ? `killed ${Math.round(wait)} ms after its first line` : 'it was done before it could be killed');
  }

  private async fillUp(): Promise<void> {
    const ended = await this.process(false);
    this.judgeRefusal(ended);
    this.disk?.grow(plenty);
  }

  /** Whether a process ended as it should after what it met. */
  private judge(ended: Ended, blow: Blow): void {
    const { status, signal, said, report } = ended;
    switch (blow.kind) {
      case 'kill':
        if (report?.struck === undefined) {
          if (status !== 0) this.blame(`a process that nothing befell ended with status ${status ?? 'none'}: ${said}`);
        } else if (signal !== 'SIGKILL') this.blame('a process outlived its kill');
        if ((report?.sinceCheckpoint ?? 0) > mostMsUndone && this.subject.checkpointMs === undefined)
          this.blame(`a kill undid ${report?.sinceCheckpoint ?? 0} ms`);
        break;
      case 'refuse':
        this.judgeRefusal(ended);
        break;
      case 'signal':
        if (status !== 0 && status !== 130) this.blame(`a signal ended the process with status ${status ?? 'none'}: ${said}`);
        break;
      case 'delete':
        this.judgeRefusal(ended);
        if (existsSync(join(this.runs, 'run'))) this.blame('a run directory that was deleted is there again');
    }
    if (this.isRun && status === 130) this.rememberStop();
  }

  private rememberStop(): void {
    const end = readRun(this.directory).events.at(-1);
    const step = end?.type === 'end' ? /^stopped after step (\d+)$/.exec(end.reason ?? '')?.[1] : undefined;
    if (step !== undefined) this.stops.add(Number(step));
  }

  /** A process whose writes are refused says so in one sentence; where what was refused was not needed any more, it is done. */
  private judgeRefusal({ status, signal, said }: Ended): void {
    const sentence = /^unblind: (.*)$/s.exec(said)?.[1];
    if (status === 0 && said.split('\n').every((line) => /^(unblind: resumed .*)?$/.test(line))) return;
    if (status !== 2 || sentence === undefined || !isSentence(sentence) || !/Cannot (write|make)/.test(sentence))
      this.blame(`where writes are refused, a process ended with ${signal ?? `status ${status ?? 'none'}`} and said "${said}"`);
  }

  /** What did not become a run says so, and is in nobody's way. */
  private checkNoRun(): void {
    if (this.fault.damage === undefined && existsSync(this.directory)) {
      const part = inspect(this.directory).get(recordFile);
      if (!part || 'value' in part || !isSentence(part.refusal)) this.blame('what is no run does not say so');
    }
  }

  private damage(damage: Damage): void {
    const { directory } = this;
    const before = inspect(directory);
    this.damagedWhenDone = this.isDone;
    const files = [...digests(directory).keys()].filter((path) => !passing(path) || path === ownerFile);
    this.damaged = inflict(directory, files, damage);
    const { file, first, last } = this.damaged;
    this.story.push(`${damage.kind} ${file} at ${first}${last > first ? ` to ${last}` : ''} of ${this.damaged.before.length} bytes`);
    const was = digests(directory);
    this.judgeParts(before, inspect(directory), this.damaged);
    if (changes(was, digests(directory)).length > 0) this.blame('reading changed the directory');
    this.seen = wholeLines(directory);
  }

  /** Each part is what it was, or refused by a sentence that names the file. */
  private judgeParts(before: Parts, after: Parts, { file }: Damaged): void {
    const run = after.get(recordFile);
    for (const [path, part] of after)
      if ('refusal' in part && !isSentence(part.refusal)) this.blame(`what is said of ${path} is no sentence: ${part.refusal}`);
    if (run && 'refusal' in run) {
      if (!run.refusal.includes(file)) this.blame(`it is not said that ${file} is damaged: ${run.refusal}`);
      return;
    }
    for (const [path, part] of before) {
      const now = after.get(path);
      if (isDeepStrictEqual(part, now)) continue;
      if (now && 'refusal' in now) {
        if (!now.refusal.includes(file) && file !== recordFile) this.blame(`it is not said that ${file} is damaged: ${now.refusal}`);
      } else if (path !== file || file.endsWith('.npz')) this.blame(`the damage of ${file} changed what is read of ${path}`);
    }
  }

  private async recover(theirs: string): Promise<void> {
    if (this.damagedWhenDone) return;
    const before = digests(this.directory);
    const { status, said } = await this.process(true);
    const sentence = /^unblind: (.*)$/s.exec(said)?.[1] ?? '';
    const left = [...digests(this.directory).keys()].filter(passing);
    if (status === 0 && left.length > 0) this.blame(`files of its processes are left: ${left.join(', ')}`);
    if (status === 0 || sentence.includes('is finished: ')) this.compare(theirs);
    else this.judgeRefusedResume(said, sentence, before);
  }

  /** Only what a fit cannot go on without may keep it from that, and then nothing changes. */
  private judgeRefusedResume(said: string, sentence: string, before: ReadonlyMap<string, string>): void {
    const file = this.damaged?.file;
    if (file !== recordFile && file !== checkpointFile) this.blame(`it cannot be resumed: ${said}`);
    if (!isSentence(sentence)) this.blame(`a refusal is no sentence: ${said}`);
    const changed = changes(before, digests(this.directory)).filter((path) => !passing(path) && path !== eventsFile);
    if (changed.length > 0) this.blame(`a refused resume changed ${changed.join(', ')}`);
  }

  private compare(theirs: string): void {
    const { damaged, stops } = this;
    if (damaged?.file === recordFile && this.saysThatBitsDiffer()) return;
    const file = damaged?.file;
    for (const difference of differences(this.directory, theirs, {
      stops,
      ...(file !== undefined && { file }),
      events: this.eventsInDoubt(),
    }))
      this.blame(difference);
    const unread = readRun(this.directory).skippedLines;
    if (unread > 0 && file !== eventsFile) this.blame(`${unread} lines of its log cannot be read`);
    if (!this.isDone) this.blame('a run that was resumed is not done');
  }

  private saysThatBitsDiffer(): boolean {
    return readRun(this.directory).events.some((event) => event.type === 'note' && event.text.includes('numbers may differ'));
  }

  /** Events of lines that were damaged, as they were and as they can be read now. */
  private eventsInDoubt(): ReadonlySet<string> {
    const { damaged } = this;
    if (damaged?.file !== eventsFile) return new Set();
    const then = new Set(touchedLines(damaged));
    const all = damaged.before.toString('latin1').split('\n');
    const untouched = new Set(all.filter((line) => !then.has(line)));
    const now = wholeLines(this.directory).toString('latin1').split('\n');
    const strange = now.slice(0, all.length).filter((line) => !untouched.has(line));
    return new Set([...then, ...strange].flatMap(keyOfLine));
  }
}

function keyOfLine(line: string): string[] {
  try {
    return [keyOf(checkEvent(JSON.parse(line)))];
  } catch {
    return [];
  }
}

/** Tries a fault in a folder that does not exist yet, and removes it. Throws what is a fault of the harness or a slip of a reader. */
export async function tryFault(programs: Programs, subjects: readonly Subject[], fault: Fault, folder: string): Promise<Outcome> {
  const subject = subjects[Math.floor(fault.subject * subjects.length)]!;
  const trial = new Trial(programs, subject, fault, folder, await subject.undisturbed(fault.program));
  trial.story.push(`${subject.name}, ${fault.program}`);
  try {
    await trial.run();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { lost: trial.lost, bytesLost: trial.bytes, story: trial.story };
}
