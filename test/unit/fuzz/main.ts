/** The long form of the fuzz tests: `node main.cjs COUNT SEED`, from the root of the project. Prints faults and, before each block, where it is. */

import { writeFileSync } from 'node:fs';
import { fuzz } from './fuzz';
import { fuzzTargets } from './targets';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const [count = 0, seed = 0] = process.argv.slice(2).map(Number);
  const current = process.env['UNBLIND_FUZZ_INPUT'] ?? '';
  const targets = fuzzTargets();
  let [inputs, faults] = [0, 0];
  for (const target of targets) {
    const share = Math.ceil(count / targets.length);
    let sinceWritten = 0;
    const found = await fuzz(target, share, seed, ({ bytes }) => {
      // What an input without end was is read from here, by who ended this process: each one costs more than its test.
      if (sinceWritten++ % 50 === 0)
        writeFileSync(current, `${target.name}, seed ${seed}, input ${sinceWritten}, about ${bytes.length} bytes`);
    });
    inputs += share;
    faults += found.length;
    for (const { what, input } of found) print(`${target.name}: ${what}\n  ${input.slice(0, 4000)}`);
    print(`${target.name}: ${share} inputs, ${found.length} faults`);
    target.close?.();
  }
  print(`fuzzed ${inputs} inputs, faults ${faults}`);
  process.exitCode = faults === 0 ? 0 : 1;
}

void main();
