/** What the window complains of: errors of our page, refusals of its policy, and toasts with an error. */

import type { Page } from 'playwright-core';

/** Ours by its place or its words. The workbench itself logs errors of its own, about the gallery that is not there. */
const ours = /dist\/webview|\bunblind\b/i;

const policy = /Content Security Policy|Refused to (load|execute|apply|connect|frame)/i;

export class Complaints {
  private readonly heard: string[] = [];

  constructor(private readonly page: Page) {
    page.on('console', (message) => {
      const { url } = message.location();
      const text = message.text();
      const isError = message.type() === 'error';
      if ((isError && (ours.test(url) || ours.test(text))) || (policy.test(text) && ours.test(`${url} ${text}`)))
        this.heard.push(`console: ${text} (${url})`);
    });
    page.on('pageerror', (error) => {
      if (ours.test(`${error.message} ${error.stack ?? ''}`)) this.heard.push(`page: ${error.message}`);
    });
  }

  /** Throws where there was a complaint since the last time, or an error toast stands on the screen. */
  async expectNone(): Promise<void> {
    const toasts = await this.page.locator('.notification-list-item:has(.codicon-error)').allInnerTexts();
    const all = [...this.heard.splice(0), ...toasts.map((text) => `toast: ${text}`)];
    if (all.length > 0) throw new Error(all.join('\n'));
  }
}
