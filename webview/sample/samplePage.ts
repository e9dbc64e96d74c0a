/** The view of samplers. */

import type { Context, Page } from '../context';
import { element } from '../dom';
import { figuresCard } from './figuresCard';
import { sampleCard } from './sampleCard';
import { sampleHeader } from './sampleHeader';
import { sampleProblem } from './sampleProblem';
import { sampleScrubber } from './sampleScrubber';
import { sampleToolbar } from './sampleToolbar';
import { samplerSettings } from './samplerSettings';
import { sharesCard } from './sharesCard';
import { summaryCard } from './summaryCard';

export function samplePage(context: Context): Page {
  const time = sampleScrubber(context);
  const [header, buttons, problem, settings] = [sampleHeader(context), sampleToolbar(context), sampleProblem(), samplerSettings(context)];
  const density = sampleCard(context, time.root);
  const [figures, shares, summary] = [figuresCard(context), sharesCard(context), summaryCard()];
  const parts = [header, buttons, problem, settings, density, time, figures, shares, summary];
  return {
    content: [
      header.root,
      element('div', { class: 'command-row' }, element('div', {}, buttons.root, problem.root), settings.root),
      element('div', { class: 'charts' }, density.root, element('div', { class: 'side-column' }, shares.root, figures.root), summary.root),
    ],
    render: (state) => parts.forEach((part) => part.render(state)),
    receive: (message) => {
      if (message.type === 'sampleSnapshot') time.keep(message.id, message.step, message.frame);
    },
  };
}
