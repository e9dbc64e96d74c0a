/** The view of fits. */

import type { Context, Page } from './context';
import { element } from './dom';
import { fitScrubber } from './fitScrubber';
import { imageCard } from './imageCard';
import { lossCard } from './lossCard';
import { mainCard } from './mainCard';
import { marginalsCard } from './marginalsCard';
import { modesCard } from './modesCard';
import { runChips } from './runChips';
import { settingsForm } from './settingsForm';
import { sliceRequests } from './sliceRequests';
import { statusCard } from './statusCard';
import { toolbar } from './toolbar';

export function fitPage(context: Context): Page {
  const time = fitScrubber(context);
  const [status, buttons, settings, chips] = [statusCard(context), toolbar(context), settingsForm(context), runChips(context)];
  const density = mainCard(context, time.root);
  const [loss, modes] = [lossCard(context), modesCard(context)];
  const [marginals, images] = [marginalsCard(context), imageCard(context)];
  const parts = [status, buttons, settings, chips, density, time, loss, modes, marginals, images, sliceRequests(context)];
  return {
    content: [
      status.root,
      element('div', { class: 'command-row' }, buttons.root, settings.root),
      chips.root,
      element(
        'div',
        { class: 'charts' },
        density.root,
        images.root,
        element('div', { class: 'side-column' }, loss.root, modes.root),
        marginals.root,
      ),
    ],
    render: (state) => parts.forEach((part) => part.render(state)),
    receive: (message) => {
      if (message.type === 'snapshotFrame') time.keep(message.runId, message.step, message.frame);
    },
  };
}
