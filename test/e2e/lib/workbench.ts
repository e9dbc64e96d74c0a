/** What a user does in the workbench around the panel. */

import type { Page } from 'playwright-core';
import { until } from './world';

/** Themes by the names that the palette shows, with the class that they give the workbench and the one they give our page. */
export const themes = [
  { name: 'dark', label: 'Dark 2026', workbench: 'vs-dark', webview: 'vscode-dark' },
  { name: 'light', label: 'Light 2026', workbench: 'vs', webview: 'vscode-light' },
  { name: 'contrast', label: 'Dark High Contrast', workbench: 'hc-black', webview: 'vscode-high-contrast' },
  { name: 'contrast-light', label: 'Light High Contrast', workbench: 'hc-light', webview: 'vscode-high-contrast-light' },
] as const;

export type ThemeRecord = (typeof themes)[number];

/** Waits until the explorer lists the folder. */
export async function workbenchThere(page: Page): Promise<void> {
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
}

/** Opens a file by a double click in the explorer. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
  await page.locator('.editor-group-container .tab', { hasText: name }).first().waitFor();
  await page.locator('.editor-group-container .view-line').first().waitFor();
}

/** Types into the palette, which is open, and takes the first row that has exactly this name. */
export async function choose(page: Page, name: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  await input.waitFor();
  await input.fill(name);
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ has: page.getByText(name, { exact: true }) });
  await row.first().click();
}

/** Runs a command by its name in the palette. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  await input.waitFor();
  await input.fill(`>${name}`);
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ has: page.locator(`[aria-label^="${name}"]`) });
  const own = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`);
  await own.or(row).first().click();
}

/** Changes the colour theme by the palette, as a user does. */
export async function setTheme(page: Page, theme: ThemeRecord): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Light High Contrast' }).first().waitFor();
  await choose(page, theme.label);
  await until(
    `the theme ${theme.label}`,
    () => workbenchClasses(page),
    (classes) => classes.includes(theme.workbench),
  );
}

async function workbenchClasses(page: Page): Promise<readonly string[]> {
  return page
    .locator('.monaco-workbench')
    .first()
    .evaluate((element) => [...element.classList]);
}

/** The lens with this title above the first energy of the file shown. */
export function lens(page: Page, title: string): ReturnType<Page['locator']> {
  return page.locator('.codelens-decoration a', { hasText: title }).first();
}
