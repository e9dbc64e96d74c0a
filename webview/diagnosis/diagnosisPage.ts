/** The view of diagnoses. */

import type { Context, Page } from '../context';
import { element } from '../dom';
import { banner } from './banner';
import { curvesCard } from './curvesCard';
import { figuresOf, recordOf } from './diagnosisState';
import { misfitCard } from './misfitCard';
import { pairCard } from './pairCard';
import { reportCard } from './reportCard';
import { spectrumCard } from './spectrumCard';
import { basinsCard, diagnosedModesCard } from './weightsCards';

export function diagnosisPage(context: Context): Page {
  const head = banner(context);
  const report = reportCard();
  const pictures = [curvesCard(context), pairCard(context), misfitCard(context), spectrumCard(context)];
  const weights = [diagnosedModesCard(context), basinsCard(context)];
  const cards = element(
    'div',
    { class: 'diagnosis' },
    report.root,
    element('div', { class: 'column pictures' }, ...pictures.map(({ root }) => root)),
    element('div', { class: 'column weights' }, ...weights.map(({ root }) => root)),
  );
  return {
    content: [head.root, cards],
    render: (state) => {
      head.render(state);
      const record = recordOf(state);
      cards.hidden = record === undefined;
      // Where there is nothing to draw the report has its place.
      const { curves, pictures: pair } = figuresOf(state);
      cards.classList.toggle('plain', !curves && !pair && !record?.spectrum);
      if (record) for (const part of [report, ...pictures, ...weights]) part.render(state);
    },
  };
}
