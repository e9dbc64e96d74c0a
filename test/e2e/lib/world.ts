/** What the stories share: one window of VS Code, and the folder that it shows. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Complaints } from './complaints';

export interface World {
  readonly page: Page;
  /** The workspace: a copy of the examples. */
  readonly folder: string;
  readonly complaints: Complaints;
  readonly say: (line: string) => void;
  /** Takes a picture of the window and answers where it lies. */
  readonly photographFailure: (name: string) => Promise<string>;
}

export interface WorldOptions {
  readonly page: Page;
  readonly folder: string;
  /** Where pictures of failures go. */
  readonly out: string;
  readonly say: (line: string) => void;
}

export function createWorld({ page, folder, out, say }: WorldOptions): World {
  return {
    page,
    folder,
    say,
    complaints: new Complaints(page),
    photographFailure: async (name) => {
      await mkdir(out, { recursive: true });
      const path = join(out, `${name.replace(/\W+/g, '-')}.png`);
      // Where the browser has gone there is nothing to see, and the failure itself matters more.
      await page.screenshot({ path }).catch(() => undefined);
      return path;
    },
  };
}

/** Asks until the answer is yes; the last answer is part of the error. */
export async function until<T>(what: string, ask: () => Promise<T>, isYes: (answer: T) => boolean, seconds = 60): Promise<T> {
  const end = Date.now() + 1000 * seconds;
  for (;;) {
    const answer = await ask();
    if (isYes(answer)) return answer;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}; the last answer was ${JSON.stringify(answer)}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
