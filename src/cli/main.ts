import { version } from '../shared/version';
import type { Command } from './command';
import { failureOf } from './errors';
import { printNotice, printResult } from './terminal';
import { didYouMean, UsageError } from './usage';

/** Loaded only when asked for: a command starts with nothing that it does not need. */
const commands: { readonly [name: string]: () => Promise<Command> } = {
  fit: async () => (await import('./commands/fit')).fitCommand,
  sample: async () => (await import('./commands/sample')).sampleCommand,
  check: async () => (await import('./commands/check')).checkCommand,
  diagnose: async () => (await import('./commands/diagnose')).diagnoseCommand,
  compare: async () => (await import('./commands/compare')).compareCommand,
  export: async () => (await import('./commands/export')).exportCommand,
  doctor: async () => (await import('./commands/doctor')).doctorCommand,
};

async function overview(): Promise<string> {
  const lines = await Promise.all(Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(8)} ${(await load()).summary}`));
  return `unblind ${version}: fit energy-based models, and see what score matching cannot\n\n${lines.join('\n')}\n\nunblind COMMAND --help says more. unblind --version prints the version.`;
}

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    printResult(await overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    printResult(version);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new UsageError(`unblind has no command "${name}".${didYouMean(name, Object.keys(commands))} See unblind --help.`);
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    printResult(command.help);
    return 0;
  }
  return command.run(rest);
}

async function main(): Promise<number> {
  try {
    return await run(process.argv.slice(2));
  } catch (error) {
    const { status, message } = failureOf(error);
    if (process.env['UNBLIND_DEBUG'] !== undefined && error instanceof Error) printNotice(error.stack ?? message);
    else printNotice(`unblind: ${message}`);
    return status;
  }
}

void main().then((status) => {
  process.exitCode = status;
  // Native thread pools and GPU devices may keep the process alive; everything is written by now.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
});
