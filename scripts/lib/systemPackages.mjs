/**
 * Debian packages that tests use: Chromium for pages (its software Vulkan device also runs WebGPU where there is no GPU),
 * the Vulkan loader for that device, and ripgrep, with which the older VS Code of the tests looks for files.
 */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const libraryFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/**
 * @param {readonly string[]} names
 * @returns {string | undefined} the first program of these names on the PATH
 */
export function findProgram(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** @returns {string | undefined} a Chromium on the PATH */
export function findChromium() {
  return findProgram(browsers);
}

/** @returns {boolean} whether ripgrep is there, or not needed on this platform */
function hasRipgrep() {
  return process.platform !== 'linux' || findProgram(['rg']) !== undefined;
}

/** @returns {boolean} whether the Vulkan loader is there, or not needed on this platform */
function hasVulkan() {
  return process.platform !== 'linux' || libraryFolders.some((folder) => existsSync(join(folder, 'libvulkan.so.1')));
}

/** @returns {string[]} names of the Debian packages that are missing */
function missing() {
  return [
    ...(findChromium() === undefined ? ['chromium'] : []),
    ...(hasVulkan() ? [] : ['libvulkan1']),
    ...(hasRipgrep() ? [] : ['ripgrep']),
  ];
}

/** Installs what is missing with apt-get where that is possible without asking; else says what to install. Never fails. */
export async function ensureSystemPackages() {
  const names = missing();
  if (names.length === 0) return;
  const advice = `Tests in a browser, on WebGPU and in VS Code need ${names.join(' and ')}: install the package${names.length > 1 ? 's' : ''} (Debian: apt-get install ${names.join(' ')}).`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(advice);
    return;
  }
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { capture: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if ((await install()).status === 0) return;
  await run('apt-get', ['update'], { capture: true });
  if ((await install()).status !== 0) console.error(advice);
}
