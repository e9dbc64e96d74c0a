import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openExecutor } from '../executors/open';
import { executorIds } from '../executors/executor';
import { writeFileAtomic } from '../runs/atomicFile';
import { basinReport, basinRows } from '../runs/report/basinReport';
import { RunError, systemReason } from '../runs/runError';
import { basinGrid, defaultBasinGrid } from '../samplers/basinGrid';
import { oneOf, type ParsedArguments, wholeNumber } from './arguments';
import { alignTable, bold, dim, printResult } from './terminal';
import { UsageError } from './usage';

/** Options that the grid has no use for. */
const meaningless = ['energy', 'run', 'sampler', 'set', 'start', 'timeout'];

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new RunError('not-writable', `Cannot make the directory ${path}: ${systemReason(error)}.`);
  }
}

/** `unblind sample --basin-grid`: figure 2 of the paper on blindness as a table, and with --out as a page. */
export async function runBasinGrid(parsed: ParsedArguments): Promise<number> {
  const unused = meaningless.find((name) => (name === 'set' ? parsed.texts(name).length > 0 : parsed.text(name) !== undefined));
  if (unused !== undefined || parsed.positionals.length > 0)
    throw new UsageError(`--basin-grid has its own two modes: leave ${unused === undefined ? 'the file' : `--${unused}`} out.`);
  const settings = {
    ...defaultBasinGrid,
    particles: wholeNumber('--particles', parsed.text('particles'), 2) ?? defaultBasinGrid.particles,
    steps: wholeNumber('--steps', parsed.text('steps'), 1) ?? defaultBasinGrid.steps,
    seed: wholeNumber('--seed', parsed.text('seed'), 0) ?? defaultBasinGrid.seed,
  };
  const id = oneOf('--executor', parsed.text('executor'), executorIds) ?? 'onnx';
  const threads = wholeNumber('--threads', parsed.text('threads'), 1);
  const { executor } = await openExecutor(id, threads === undefined ? {} : { threads });
  try {
    const cells = await basinGrid(executor, settings);
    const out = parsed.text('out');
    const paths = out === undefined ? [] : [join(resolve(out), 'basins.html'), join(resolve(out), 'basins.json')];
    const [html, json] = paths;
    if (html !== undefined && json !== undefined) {
      makeFolder(resolve(out ?? '.'));
      writeFileAtomic(html, basinReport(cells));
      writeFileAtomic(json, `${JSON.stringify({ settings, cells }, null, 1)}\n`);
    }
    if (parsed.flag('json')) printResult(JSON.stringify({ settings, cells, paths }));
    else {
      const rows = basinRows(cells).map(([pi, mean, deviation, left, predicted]) => [
        `  ${pi ?? ''}`,
        mean ?? '',
        deviation ?? '',
        left ?? '',
        predicted ?? '',
      ]);
      printResult(
        [
          bold(`SVGD on two modes: ${settings.particles} particles, ${settings.steps} steps, seed ${settings.seed}, ${executor.detail}`),
          '  Share of the particles left of 0, and what the start alone predicts: the weight pi_1 of the left mode has hardly any say.',
          '',
          alignTable([['  pi_1', 'mu_0', 'sigma_0', 'left', 'Phi(-mu_0/sigma_0)'], ...rows]),
          ...paths.map((path) => dim(`  ${path}`)),
        ].join('\n'),
      );
    }
    return 0;
  } finally {
    await executor.dispose();
  }
}
