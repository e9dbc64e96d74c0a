/** Runs other programs, and ends a script with one line instead of a stack. */

import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/** A failure that the user can act on: its message is all that is shown. */
export class ScriptError extends Error {}

/**
 * Runs a program in the repository's root and passes its output through.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly capture?: boolean, readonly env?: NodeJS.ProcessEnv }} [options] `capture` keeps stdout instead of showing it
 * @returns {Promise<{ readonly status: number, readonly stdout: string }>} status is 1 where a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', options.capture === true ? 'pipe' : 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, stdout: Buffer.concat(chunks).toString('utf8') }));
  });
}

/**
 * Like `run`, for a step that must succeed.
 * @param {string} what names the step in the error
 * @param {string} command
 * @param {readonly string[]} args
 */
export async function must(what, command, args) {
  const { status } = await run(command, args);
  if (status !== 0) throw new ScriptError(`${what} failed with exit status ${status}.`);
}

/**
 * Runs a script's body; a ScriptError becomes one line and exit status 1.
 * @param {() => Promise<number | undefined>} body resolves to the exit status, 0 by default
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Lets an interrupt end this process in order, so that whatever it started in groups of their own ends as well. */
export function endInOrder() {
  for (const [signal, status] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]))
    process.once(signal, () => process.exit(status));
}

/**
 * @param {string} url `import.meta.url` of a script
 * @returns {boolean} whether that script is the program that was started
 */
export function isMain(url) {
  const started = process.argv[1];
  return started !== undefined && url === pathToFileURL(realpathSync(started)).href;
}
