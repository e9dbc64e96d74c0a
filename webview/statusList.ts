/** Findings one below the other, each with a mark, a word for its status, and sentences. */

import type { LineStatus } from '../src/shared/diagnosis';
import { element, icon, type IconName } from './dom';
import { t } from './words';

export interface Finding {
  readonly status: LineStatus;
  readonly title: string;
  /** What was found. */
  readonly why: string;
  /** What to do; empty where nothing needs doing. */
  readonly todo: string;
}

const marks: Readonly<Record<LineStatus, { readonly icon: IconName; readonly word: string }>> = {
  pass: { icon: 'good', word: t('good') },
  warn: { icon: 'warn', word: t('warning') },
  fail: { icon: 'bad', word: t('bad') },
  info: { icon: 'info', word: t('to know') },
  unknown: { icon: 'unknown', word: t('unknown') },
};

export interface StatusList {
  readonly root: HTMLElement;
  readonly set: (findings: readonly Finding[]) => void;
}

export function statusList(label: string): StatusList {
  const root = element('ul', { class: 'findings', 'aria-label': label });
  let shown = '';
  return {
    root,
    set: (findings) => {
      const key = JSON.stringify(findings);
      if (key === shown) return;
      shown = key;
      root.replaceChildren(...findings.map(entry));
    },
  };
}

function entry({ status, title, why, todo }: Finding): HTMLElement {
  const { icon: name, word } = marks[status];
  return element(
    'li',
    { class: `finding ${status}` },
    element('span', { class: 'finding-mark', title: word }, icon(name), element('span', { class: 'sr-only' }, `${word}: `)),
    element('span', { class: 'finding-title' }, title),
    element('span', { class: 'finding-word', 'aria-hidden': 'true' }, word),
    element('p', { class: 'finding-why' }, why, ...(todo === '' ? [] : [' ', element('span', { class: 'finding-todo' }, todo)])),
  );
}
