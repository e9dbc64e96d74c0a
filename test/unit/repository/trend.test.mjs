import { describe, expect, it } from 'vitest';
import { newRecording, slopeWithin, verdict } from '../../../scripts/lib/soak/samples.mjs';
import { trend } from '../../../scripts/lib/trend.mjs';

/** @param {number} x */
const wobble = (x) => Math.sin(12.9898 * x) * 0.5;

/**
 * Every five seconds for half an hour, opened anew at the half.
 * @param {(seconds: number, life: number) => number} value
 */
function recorded(value) {
  const recording = newRecording();
  const values = [];
  for (let seconds = 0; seconds < 1800; seconds += 5) {
    const life = seconds < 900 ? 0 : 1;
    recording.times.push(seconds);
    recording.lives.push(life);
    values.push(value(seconds, life));
  }
  return { slope: slopeWithin(recording, values), values };
}

describe('the line through measurements', () => {
  it('has the slope and standard error of the textbook', () => {
    const { slope, stdErr } = trend([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]);
    expect(slope).toBeCloseTo(0.6, 12);
    expect(stdErr).toBeCloseTo(Math.sqrt(2.4 / 3 / 10), 12);
    expect(trend([1, 2], [1, 2]).stdErr).toBeNaN();
  });
});

describe('the verdict of a soak', () => {
  it('is that of what grows within the lives of a window, not between them', () => {
    const steady = recorded((seconds, life) => 100 + 40 * life + wobble(seconds));
    expect(Math.abs(steady.slope.slope)).toBeLessThan(1);
    expect(verdict(steady.slope, steady.values)).toBe('does not grow');
    const growing = recorded((seconds, life) => 100 - 40 * life + (60 * seconds) / 3600 + wobble(seconds));
    expect(growing.slope.slope).toBeGreaterThan(58);
    expect(growing.slope.slope).toBeLessThan(62);
    expect(verdict(growing.slope, growing.values)).toBe('grows');
  });

  it('leaves out the first minute of a life, and says where there is too little', () => {
    const { slope, values } = recorded((seconds, life) => (seconds - 900 * life < 60 ? 10 : 100) + wobble(seconds));
    expect(verdict(slope, values)).toBe('does not grow');
    const recording = newRecording();
    expect(verdict(slopeWithin(recording, []), [])).toBe('too short to say');
  });
});
