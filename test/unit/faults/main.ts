/** The long form of the fault tests: `node main.cjs SEED PARALLEL COUNT [ONLY]`, from the root of the project, which is built. */

import { Harness, lastLine, type Tried } from './harness';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What was lost, what befell the run, and how it is repeated. */
function tell({ index, fault, lost, bytesLost, story }: Tried, seed: number, always: boolean): void {
  const well = lost.length === 0 && bytesLost === 0;
  if (well && !always) return;
  print(`${index} ${fault.name}${well ? '' : `: ${lost.join('; ') || `${bytesLost} bytes of its log are lost`}`}`);
  for (const line of story) print(`    ${line}`);
  if (!well) print(`    again: npm run test:faults -- --seed ${seed} --only ${index}`);
}

async function main(): Promise<void> {
  const [seed = 1, parallel = 1, count = 0, only] = process.argv.slice(2).map(Number);
  const indices = only === undefined ? Array.from({ length: count }, (_, i) => i) : [only];
  const harness = await Harness.open();
  // An interrupt leaves nothing behind either.
  process.on('exit', () => harness.close());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  let done = 0;
  const tried = await harness.tryAll(seed, indices, parallel, (one) => {
    tell(one, seed, only !== undefined);
    if (++done % 50 === 0) print(`${done} of ${indices.length}`);
  });
  print(lastLine(tried));
  process.exitCode = tried.some(({ lost, bytesLost }) => lost.length > 0 || bytesLost > 0) ? 1 : 0;
}

void main();
