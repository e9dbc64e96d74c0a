/** Finds or installs Chromium: browser tests drive it, and its software Vulkan device runs WebGPU where there is no GPU. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What to do by hand, in one line. */
const advice =
  'Chromium was not found. Browser and WebGPU tests need it: install the package "chromium" (Debian: apt-get install chromium).';

/** @returns {string | undefined} a Chromium on the PATH */
export function findChromium() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** Installs Chromium with apt-get where that is possible without asking; else says what to install. Never fails. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(advice);
    return;
  }
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { capture: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if ((await install()).status === 0) return;
  await run('apt-get', ['update'], { capture: true });
  if ((await install()).status !== 0) console.error(advice);
}
