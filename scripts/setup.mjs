/** `npm run setup`: makes a fresh clone ready to build and test. Running it again changes nothing. */

import { ensureSystemPackages } from './lib/systemPackages.mjs';
import { isUpToDate } from './lib/lock.mjs';
import { root } from './lib/paths.mjs';
import { isMain, main, must, ScriptError } from './lib/run.mjs';

/** The oldest Node.js that works, as in `engines` of package.json. */
const minimumNode = /** @type {const} */ ([20, 11]);

/** Throws a ScriptError where this Node.js is too old. */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    throw new ScriptError(`Node.js ${minimumNode.join('.')} or later is needed; this is ${process.versions.node}.`);
  }
}

/** Node.js, the npm packages of the lock, Chromium, the Vulkan loader, ripgrep. */
export async function setup() {
  checkNode();
  if (!(await isUpToDate(root))) await must('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  await ensureSystemPackages();
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setup();
    return 0;
  });
}
