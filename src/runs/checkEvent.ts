import { Fields } from './fields';
import type { EndEvent, NoteEvent, RunEvent, SnapshotEvent } from './record';

const eventTypes = ['progress', 'kl', 'resume', 'snapshot', 'note', 'end'] as const;
const sharedTypes = ['snapshot', 'note', 'end'] as const;

/** Checks one line of a fit's `events.ndjson`. Throws RunError. */
export function checkEvent(value: unknown): RunEvent {
  const fields = new Fields(value, 'an event');
  const type = fields.oneOf('type', eventTypes);
  const time = (): number => fields.number('time');
  const step = (): number => fields.integer('step', 0, Number.MAX_SAFE_INTEGER);
  switch (type) {
    case 'progress':
      return {
        type,
        time: time(),
        step: step(),
        loss: fields.numberOrNaN('loss'),
        gradientNorm: fields.numberOrNaN('gradientNorm'),
        learningRate: fields.numberOrNaN('learningRate'),
        stepsPerSecond: fields.numberOrNaN('stepsPerSecond'),
      };
    case 'kl':
      return { type, time: time(), step: step(), kl: fields.numberOrNaN('kl') };
    case 'resume':
      return { type, time: time(), step: step(), executor: fields.text('executor') };
    default:
      return checkSharedEvent(fields);
  }
}

/** Checks an event that runs of every kind have. Throws RunError. */
export function checkSharedEvent(fields: Fields): SnapshotEvent | NoteEvent | EndEvent {
  const type = fields.oneOf('type', sharedTypes);
  const time = fields.number('time');
  switch (type) {
    case 'snapshot':
      return { type, time, step: fields.integer('step', 0, Number.MAX_SAFE_INTEGER), file: fields.text('file') };
    case 'note':
      return { type, time, level: fields.oneOf('level', ['info', 'warn', 'error']), text: fields.text('text') };
    case 'end': {
      const status = fields.oneOf('status', ['done', 'failed', 'interrupted']);
      return fields.raw('reason') === undefined ? { type, time, status } : { type, time, status, reason: fields.text('reason') };
    }
  }
}
