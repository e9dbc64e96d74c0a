import { data, defineEnergy, mlp } from 'unblind';

/** Three hidden layers of 128: what loading and checking is timed on. */
export const threeLayers = defineEnergy({ dim: 2, ...mlp([2, 128, 128, 128, 1], 'swish'), data: data.rings() });
