/** At which noise a change of the weights shows in a score. */

import type { Context, Part } from '../context';
import { element, setText } from '../dom';
import { pictureCard } from '../pictureCard';
import { seriesPicture } from '../seriesPicture';
import type { PageState } from '../state';
import { t } from '../words';
import { recordOf } from './diagnosisState';
import { spectrumPlots, spectrumTable, spectrumWords } from './spectrumModel';

export function spectrumCard(context: Context): Part {
  const note = element('p', { class: 'note' });
  const card = pictureCard(context, { id: 'spectrum', title: t('KL spectrum'), file: 'kl-spectrum', below: [note] });
  const render = (state: PageState): void => {
    const spectrum = recordOf(state)?.spectrum;
    card.root.hidden = !spectrum;
    if (!spectrum) return;
    const plots = spectrumPlots(spectrum, context.theme());
    setText(note, spectrumWords(spectrum));
    card.show(state, {
      layout: (width) => seriesPicture(plots, width, 120, context.theme()),
      label: t('Lines: Fisher divergence of the pair with noise, and the share of KL below each noise. The table has the numbers.'),
      tables: (now) => {
        const shown = recordOf(now)?.spectrum;
        return shown ? [spectrumTable(shown)] : [];
      },
    });
  };
  return { root: card.root, render };
}
