/** What is fitted: small problems, and the runs of them that nothing disturbed. */

import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { loadEnergyFile } from '../../../src/energy/load';
import { sandboxPathsIn } from '../../../src/energy/sandbox/paths';
import type { ExecutorId } from '../../../src/executors/executor';
import { runsFolder } from '../../../src/runs/layout';
import { Random } from '../../../src/shared/random';
import { differences } from './compare';
import type { Counts } from './injection';
import type { Program } from './plan';
import { type Programs, runProcess } from './programs';

interface Definition {
  readonly name: string;
  /** Fields of the energy. */
  readonly fields: string;
  readonly executor: ExecutorId;
  /** Milliseconds by which the clock of a process goes on each time that it is read. */
  readonly tick: number;
  /** Milliseconds between checkpoints; the usual ones where undefined. */
  readonly checkpointMs: number | undefined;
}

const corners = 'data: data.gaussianMixture({ means: [[-3], [3]], std: 1 })';
const network = `dim: 1, ...mlp([1, 8, 1], 'swish')`;

/** What minibatches draw differs, and with the clock the size of chunks: single steps, and many. */
const definitions: readonly Definition[] = [
  {
    name: 'a table in epochs',
    fields: `${network}, data: data.csv('rows.csv'), fit: { objective: 'fisher', steps: 300, batch: 17, ema: 0.99 }`,
    ...{ executor: 'onnx', tick: 60, checkpointMs: undefined },
  },
  {
    name: 'mfd with mixing draws',
    fields: `${network}, ${corners}, fit: { objective: 'mfd', steps: 701, batch: 33 }`,
    ...{ executor: 'onnx', tick: 9, checkpointMs: 0 },
  },
  {
    name: 'denoising on tfjs-cpu',
    fields: `${network}, ${corners}, fit: { objective: 'denoising', steps: 90, batch: 17 }`,
    ...{ executor: 'tfjs-cpu', tick: 40, checkpointMs: 0 },
  },
];

/** A run that nothing disturbed. */
export interface Undisturbed {
  readonly directory: string;
  /** Writes to the run directory that it took. */
  readonly writes: Counts;
  /** Milliseconds that its process took. */
  readonly milliseconds: number;
}

export interface Subject extends Omit<Definition, 'fields'> {
  readonly seed: number;
  /** The energy, as `v8.serialize` writes it. */
  readonly traced: string;
  /** A folder with the energy file and what it reads, to be copied. */
  readonly project: string;
  /** The run as a program does it, done when first asked for. */
  readonly undisturbed: (program: Program) => Promise<Undisturbed>;
}

export const energyName = 'one.energy.ts';

/** The only run directory of a project besides those named; undefined where there is none. */
export function onlyRun(project: string, ...others: readonly string[]): string | undefined {
  const runs = runsFolder(project);
  const name = readdirSync(runs).find((entry) => !others.includes(entry));
  return name === undefined ? undefined : join(runs, name);
}

function rowsOf(count: number): string {
  const random = new Random(2);
  return `a\n${Array.from({ length: count }, () => random.normal() + (random.uniform() < 0.3 ? 4 : 0)).join('\n')}\n`;
}

async function run(programs: Programs, subject: Omit<Subject, 'undisturbed'>, program: Program, folder: string): Promise<Undisturbed> {
  cpSync(subject.project, folder, { recursive: true });
  const runs = runsFolder(folder);
  const began = performance.now();
  const work = { program, subject: subject as Subject, file: join(folder, energyName), directory: join(runs, 'whole'), resume: false };
  const injection = { folder: runs, except: join(runs, 'neighbour'), tick: subject.tick };
  const { status, said, report } = await runProcess(programs, { ...work, injection }, join(folder, 'report.json'));
  const directory = onlyRun(folder);
  if (status !== 0 || !report || directory === undefined) throw new Error(`The undisturbed run of ${subject.name} failed: ${said}`);
  return { directory, writes: report.writes, milliseconds: performance.now() - began };
}

/** Writes the projects, and hands out their undisturbed runs; those of different programs must be the same to the bit. */
export async function makeSubjects(programs: Programs, folder: string): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const [index, { fields, ...definition }] of definitions.entries()) {
    const project = join(folder, `project ${index}`);
    mkdirSync(runsFolder(project), { recursive: true });
    writeFileSync(join(project, 'package.json'), '{}\n');
    writeFileSync(join(project, 'rows.csv'), rowsOf(60));
    const file = join(project, energyName);
    writeFileSync(file, `import { data, defineEnergy, mlp } from 'unblind';\nexport const one = defineEnergy({ ${fields} });\n`);
    const seed = 4 + index;
    const { energies } = await loadEnergyFile(file, { energy: 'one', seed, paths: sandboxPathsIn(programs.dist) });
    const traced = join(folder, `traced ${index}`);
    writeFileSync(traced, serialize(energies[0]));
    const subject = { ...definition, seed, traced, project };
    const known = new Map<Program, Promise<Undisturbed>>();
    const undisturbed = (program: Program): Promise<Undisturbed> => {
      const there = known.get(program);
      if (there) return there;
      const made = (async () => {
        const done = await run(programs, subject, program, join(folder, `whole ${index} ${program}`));
        if (program === 'child') return done;
        const [difference] = differences(done.directory, (await undisturbed('child')).directory);
        if (difference !== undefined) throw new Error(`The run of ${subject.name} by ${program} is another than by child: ${difference}`);
        return done;
      })();
      known.set(program, made);
      return made;
    };
    subjects.push({ ...subject, undisturbed });
  }
  return subjects;
}
