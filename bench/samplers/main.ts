/**
 * `node samplers.cjs [--only NAME] [--rounds N] [--threads N]`: how fast samplers and tests are on ONNX Runtime's CPU. Exit status:
 * 0 measured, whatever was met; 2 wrong arguments.
 */

import { openExecutor } from '../../src/executors/open';
import { thisMachine } from '../machine';
import { spread } from '../statistics';
import { type Measure, measures } from './measures';

const bytesPerMegabyte = 1e6;

function line({ what, unit, target }: Measure, values: readonly number[]): string {
  const { median, least, most } = spread(values);
  const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
  const figures = `${number(median)} ${unit} (${number(least)}-${number(most)} of ${values.length})`;
  if (target === undefined) return `${what}: ${figures}`;
  const met = unit === 's' ? median <= target : median >= target;
  return `${what}: ${figures}, target ${unit === 's' ? 'at most' : 'at least'} ${target}: ${met ? 'met' : 'MISSED'}`;
}

interface Arguments {
  readonly only: string | undefined;
  readonly rounds: number;
  readonly threads: number | undefined;
}

function argumentsOf(given: readonly string[]): Arguments | undefined {
  const pairs = new Map(given.flatMap((flag, i) => (i % 2 === 0 ? [[flag, given[i + 1] ?? '']] : [])));
  const whole = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  const only = pairs.get('--only');
  const [rounds = 5, threads] = [whole(pairs.get('--rounds')), whole(pairs.get('--threads'))];
  const known = [...pairs.keys()].every((flag) => ['--only', '--rounds', '--threads'].includes(flag));
  const sensible = [rounds, threads ?? 1].every((value) => Number.isInteger(value) && value > 0);
  const named = only === undefined || measures.some(({ name }) => name === only);
  return known && sensible && named ? { only, rounds, threads } : undefined;
}

async function main(): Promise<number> {
  const chosen = argumentsOf(process.argv.slice(2));
  if (!chosen) {
    console.error(`Usage: npm run bench:samplers -- [--only ${measures.map(({ name }) => name).join('|')}] [--rounds N] [--threads N]`);
    return 2;
  }
  const { only, rounds, threads } = chosen;
  const { cpu, cores, load } = thisMachine();
  const { executor } = await openExecutor('onnx', threads === undefined ? {} : { threads });
  console.log(`${cpu}, ${cores} cores, load ${load.toFixed(1)}; ${executor.detail}`);
  for (const measure of measures.filter(({ name }) => only === undefined || name === only)) {
    await measure.once(executor, 0);
    const before = process.memoryUsage().rss;
    const values: number[] = [];
    let most = before;
    for (let round = 1; round <= rounds; round++) {
      values.push(await measure.once(executor, round));
      most = Math.max(most, process.memoryUsage().rss);
    }
    console.log(`${line(measure, values)}; process ${(most / bytesPerMegabyte).toFixed(0)} MB`);
  }
  await executor.dispose();
  return 0;
}

void main().then((status) => (process.exitCode = status));
