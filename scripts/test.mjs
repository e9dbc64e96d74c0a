/**
 * `npm test`: everything from a fresh clone to a tested build: unit tests, then the extension inside VS Code. The last line is
 * `N passed, N failed`. `--no-setup` runs the unit tests on what is there. Other arguments go to vitest, and then only it runs.
 */

import { root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { add, summary } from './lib/totals.mjs';
import { unitTests } from './lib/unitTests.mjs';
import { vscodeHosts, whyNoVscodeServer } from './lib/vscodeHosts.mjs';
import { setup } from './setup.mjs';

/** @typedef {import('./lib/totals.mjs').Totals} Totals */

/**
 * What runs inside VS Code, in order. The modules are loaded when they are needed: they use packages that the set-up installs.
 * @type {readonly { readonly title: string, readonly run: () => Promise<Totals> }[]}
 */
const inVscode = [
  { title: 'Tests in the extension host', run: async () => (await import('./hostTests.mjs')).hostTests() },
  { title: 'End to end in a browser', run: async () => (await import('./e2e.mjs')).endToEnd() },
];

/** Installs what is missing, and builds. */
async function prepare() {
  await setup();
  const { build } = await import('./build.mjs');
  const { ensureVscodeServers } = await import('./lib/vscodeServer.mjs');
  await Promise.all([build(), whyNoVscodeServer() === undefined && ensureVscodeServers(vscodeHosts)]);
}

/** @returns {Promise<Totals>} */
async function testInVscode() {
  const reason = whyNoVscodeServer();
  if (reason !== undefined) {
    console.log(`Left out: tests inside VS Code. ${reason} (npm run test:host -- --host desktop runs them in the desktop's VS Code.)`);
    return { passed: 0, failed: 0 };
  }
  let sum = { passed: 0, failed: 0 };
  for (const { title, run } of inVscode) {
    console.log(title);
    sum = add(sum, await run());
  }
  return sum;
}

await main(async () => {
  const args = process.argv.slice(2);
  const filters = args.filter((arg) => arg !== '--no-setup');
  const unitOnly = args.length > 0;
  if (!args.includes('--no-setup')) await prepare();
  let totals = await unitTests(root, filters);
  if (!unitOnly) totals = add(totals, await testInVscode());
  console.log(summary(totals));
  return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
});
