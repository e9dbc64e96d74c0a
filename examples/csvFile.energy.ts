import { data, defineEnergy, mixing, mlp } from 'unblind';

/**
 * Data of your own: two columns of a CSV file, chosen by name and found beside this file. (The rows are simulated, after a
 * geyser with short and long eruptions.) Columns may have any units: the fit standardises them, and reports in yours.
 */
export const eruptions = defineEnergy({
  dim: 2,
  ...mlp([2, 64, 64, 1], 'swish'),
  data: data.csv('geyser.csv', { columns: ['minutes', 'waiting'] }),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.5, steps: 3000, batch: 256, learningRate: 3e-3 },
});
