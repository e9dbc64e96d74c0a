/** The program of `npm run papers`: computes all sections and writes docs/papers.md. Exit status 1 where a row that must agree does not. */

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '../../src/executors/executor';
import { openExecutor } from '../../src/executors/open';
import { annealing } from './annealing';
import { basins } from './basins';
import { fisherFigures } from './fisherFigures';
import { fits } from './fits';
import { executorId } from './fitting';
import { gaussians } from './gaussians';
import { heatFlow } from './heatFlow';
import { lowDensity } from './lowDensity';
import { markdown } from './markdown';
import { disagreements, type Section } from './section';
import { steinFigure } from './steinFigure';

/** In the order of the document. */
const sections: readonly (readonly [name: string, make: (executor: Executor) => Section | Promise<Section>])[] = [
  ['Fisher divergence and MFD against a weight', fisherFigures],
  ['fits', fits],
  ['Stein discrepancies', steinFigure],
  ['basins of SVGD', basins],
  ['scores without data', lowDensity],
  ['annealed Langevin dynamics', annealing],
  ['heat flow', heatFlow],
  ['Gaussians', gaussians],
];

async function write(made: readonly Section[]): Promise<void> {
  const pictures = join('docs', 'papers');
  await mkdir(pictures, { recursive: true });
  const all = made.flatMap((section) => section.pictures);
  const stale = (await readdir(pictures)).filter((name) => !all.some((picture) => picture.name === name));
  await Promise.all(stale.map((name) => rm(join(pictures, name))));
  await Promise.all(all.map(({ name, svg }) => writeFile(join(pictures, name), svg)));
  await writeFile(join('docs', 'papers.md'), markdown(made));
}

async function papers(): Promise<number> {
  const { executor } = await openExecutor(executorId);
  const made: Section[] = [];
  try {
    for (const [name, make] of sections) {
      const started = performance.now();
      made.push(await make(executor));
      console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  } finally {
    await executor.dispose();
  }
  await write(made);
  const rows = made.flatMap(({ tables }) => tables.flatMap((table) => table.rows));
  const bad = disagreements(made);
  for (const { quantity, published, ours, by } of bad)
    console.error(`does not agree: ${quantity}: published ${published}, ours ${ours} (${by})`);
  const free = rows.filter(({ agrees }) => agrees === null).length;
  console.log(`docs/papers.md: ${rows.length - free - bad.length} rows agree, ${bad.length} do not, ${free} cannot be compared`);
  return bad.length > 0 ? 1 : 0;
}

void papers().then((status) => {
  process.exitCode = status;
});
