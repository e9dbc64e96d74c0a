import { Fields } from './fields';
import type { RunEvent } from './record';

const eventTypes = ['progress', 'snapshot', 'kl', 'note', 'end'] as const;

/** Checks one line of `events.ndjson`. Throws RunError. */
export function checkEvent(value: unknown): RunEvent {
  const fields = new Fields(value, 'an event');
  const type = fields.oneOf('type', eventTypes);
  const time = fields.number('time');
  const step = (): number => fields.integer('step', 0, Number.MAX_SAFE_INTEGER);
  switch (type) {
    case 'progress':
      return {
        type,
        time,
        step: step(),
        loss: fields.numberOrNaN('loss'),
        gradientNorm: fields.numberOrNaN('gradientNorm'),
        learningRate: fields.numberOrNaN('learningRate'),
        stepsPerSecond: fields.numberOrNaN('stepsPerSecond'),
      };
    case 'snapshot':
      return { type, time, step: step(), file: fields.text('file') };
    case 'kl':
      return { type, time, step: step(), kl: fields.numberOrNaN('kl') };
    case 'note':
      return { type, time, level: fields.oneOf('level', ['info', 'warn', 'error']), text: fields.text('text') };
    case 'end': {
      const status = fields.oneOf('status', ['done', 'failed', 'interrupted']);
      return fields.raw('reason') === undefined ? { type, time, status } : { type, time, status, reason: fields.text('reason') };
    }
  }
}
