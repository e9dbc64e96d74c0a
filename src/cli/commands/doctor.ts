import { cpus, totalmem } from 'node:os';
import type { SandboxProtections } from '../../energy/sandbox/flags';
import { version } from '../../shared/version';
import { parseArguments } from '../arguments';
import type { Command } from '../command';
import { alignTable, bold, green, printResult, red, yellow } from '../terminal';

const help = `unblind doctor [--json]

Says what runs here: executors with their devices, versions and self-test results, and which protections the sandbox has.
An executor is used only if its self-test agrees with float64.`;

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('doctor', args, { json: { type: 'boolean' } });
  const [{ surveyExecutors }, { sandboxProtections }] = await Promise.all([
    import('../../executors/open'),
    import('../../energy/sandbox/flags'),
  ]);
  const executors = await surveyExecutors();
  const processors = cpus();
  const machine = {
    unblind: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
  const sandbox = sandboxProtections();
  if (parsed.flag('json')) {
    printResult(JSON.stringify({ ...machine, sandbox, executors }));
    return 0;
  }
  const rows = executors.map(({ id, detail, selfTestError, refusal }) =>
    refusal === undefined
      ? [`  ${green('ok')}    ${id}`, detail, `self-test error ${selfTestError!.toExponential(1)}`]
      : [`  ${yellow('none')}  ${id}`, refusal, ''],
  );
  const lines = rows.map(
    ([name, detail, test]) => `${name!.padEnd(26 + (name!.length - visibleLength(name!)))}  ${detail!}${test === '' ? '' : `; ${test!}`}`,
  );
  printResult(
    [
      bold(`unblind ${machine.unblind}`),
      alignTable(
        [
          ['  Node', `${machine.node}, ${machine.platform}`],
          ['  machine', `${machine.cores} x ${machine.cpu}, ${machine.memoryGb} GB`],
        ].map(([a, b]) => [`${a!.padEnd(10)} ${b!}`]),
      ),
      '',
      bold('Executors'),
      ...lines,
      '',
      bold('Sandbox of energy files'),
      ...protectionLines(sandbox),
    ].join('\n'),
  );
  return 0;
}

/** One line for each protection, those that always hold first. */
function protectionLines({ permissions, memoryWatch }: SandboxProtections): string[] {
  const ok = `  ${green('ok')}    `;
  const weak = `  ${red('weak')}  `;
  return [
    `${ok}own process, whose environment is empty, and bare context: no code from text, no modules of Node.js, no timers`,
    `${ok}network: refused in the process, besides that the context has none`,
    `${ok}time limit, heap limit and a longest answer; imports only from the workspace`,
    permissions
      ? `${ok}permission model: no file writes, no reads but of its own two files, no child processes, no native addons`
      : `${weak}permission model: not in this runtime, so that only the bare context keeps files and processes away`,
    memoryWatch
      ? `${ok}memory watch: all memory of the process counts, also typed arrays`
      : `${weak}memory watch: not on ${process.platform}, where only the heap is limited and not typed arrays`,
  ];
}

function visibleLength(text: string): number {
  // eslint-disable-next-line no-control-regex -- the escape that starts a colour is what is looked for
  return text.replaceAll(/\u001b\[\d+m/g, '').length;
}

export const doctorCommand: Command = { summary: 'what runs here: executors, devices, self-tests, sandbox', help, run };
