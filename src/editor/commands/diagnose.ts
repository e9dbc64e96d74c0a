/** "Diagnose": whether score matching is blind to how an energy shares mass between its modes. */

import type { Command } from '../commandContext';
import { trustedEnergy } from './trustedEnergy';

export const diagnose: Command = {
  id: 'diagnose',
  run: async ({ diagnoser }, resource) => {
    const energy = await trustedEnergy(resource);
    if (energy !== undefined) await diagnoser.diagnose(energy);
  },
};
