/**
 * The benchmark's program: `node main.cjs [options]`, see `help`. Exit status: 0 measured; 1 contestants disagree, memory is
 * over its target, or a worker failed; 2 wrong arguments.
 */

import { writeFileSync } from 'node:fs';
import { ArgumentsError, type BenchArguments, help, parseArguments } from './arguments';
import { type Absentee, candidatesOf, type Contestant, startAll } from './contestants';
import { thisMachine } from './machine';
import { measureSize, type SizeResult } from './measure';
import { measureMemory, type MemoryResult } from './memory';
import { disagreements, heading, memoryReport, sizeReport, slowBlasWarning, torchAdvice } from './report';
import { WorkerError } from './workerProcess';

function say(line: string | undefined): void {
  if (line !== undefined) console.log(line);
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints each size as soon as it is measured. Stops at the first that contestants disagree on. */
async function speed(contestants: readonly Contestant[], options: BenchArguments): Promise<{ sizes: SizeResult[]; failures: string[] }> {
  const results: SizeResult[] = [];
  for (const size of options.sizes) {
    const onRound = (round: number): void => progress(`size ${size}, round ${round + 1} of ${options.rounds}`);
    const result = await measureSize(contestants, size, options, onRound);
    results.push(result);
    const failures = disagreements(result);
    if (failures.length > 0) return { sizes: results, failures };
    say(`\n${sizeReport(result)}`);
  }
  return { sizes: results, failures: [] };
}

async function memory(contestants: readonly Contestant[]): Promise<{ memory: MemoryResult[]; failures: string[] }> {
  const results: MemoryResult[] = [];
  for (const contestant of contestants) {
    progress(`memory of ${contestant.name}`);
    results.push(await measureMemory(contestant));
  }
  say(`\n${memoryReport(results)}`);
  const over = results.filter(({ withinTarget }) => !withinTarget);
  return { memory: results, failures: over.map(({ name }) => `${name} is over the target for memory.`) };
}

/** Who took part, without the processes. */
function describe(contestants: readonly Contestant[], absentees: readonly Absentee[]): object {
  return { contestants: contestants.map(({ name, family, detail, software }) => ({ name, family, detail, software })), absentees };
}

async function bench(options: BenchArguments, root: string): Promise<number> {
  const machine = thisMachine();
  const { contestants, absentees } = await startAll(candidatesOf(options, root), options.webgpu);
  try {
    say(heading(machine, contestants, absentees));
    say(torchAdvice(absentees, options.python));
    say(slowBlasWarning(contestants));
    if (contestants.length === 0) throw new WorkerError('nothing can be measured here');
    const { failures, ...measured } = options.memory ? await memory(contestants) : await speed(contestants, options);
    if (options.json !== undefined) {
      const all = { machine, options, ...describe(contestants, absentees), ...measured, failures };
      writeFileSync(options.json, `${JSON.stringify(all, undefined, 1)}\n`);
    }
    for (const failure of failures) console.error(failure);
    return failures.length > 0 ? 1 : 0;
  } finally {
    for (const { worker } of contestants) worker.stop();
  }
}

async function main(): Promise<number> {
  try {
    const options = parseArguments(process.argv.slice(2));
    if (options === 'help') {
      say(help);
      return 0;
    }
    return await bench(options, process.cwd());
  } catch (error) {
    if (error instanceof ArgumentsError) {
      console.error(error.message);
      return 2;
    }
    if (!(error instanceof WorkerError)) throw error;
    console.error(`The benchmark failed: ${error.message}`);
    return 1;
  }
}

void main().then((status) => {
  process.exitCode = status;
});
