import type { FitProgress } from '../engine/fit/hooks';
import { figure } from './terminal';

const barWidth = 24;
const redrawMilliseconds = 50;
const lineMilliseconds = 5000;

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Shows a fit's progress on stderr: a bar that redraws on a terminal, else a line every five seconds. */
export class ProgressBar {
  private drawn = -Infinity;

  constructor(
    private readonly label: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  update({ step, steps, loss, stepsPerSecond, secondsLeft }: FitProgress): void {
    const now = performance.now();
    if (now - this.drawn < (this.stream.isTTY ? redrawMilliseconds : lineMilliseconds) && step < steps) return;
    this.drawn = now;
    const share = step / steps;
    const figures = `${String(step).padStart(String(steps).length)}/${steps}  loss ${figure(loss, 4).padStart(8)}  ${stepsPerSecond.toFixed(0)} steps/s  ${clock(secondsLeft)} left`;
    if (!this.stream.isTTY) {
      this.stream.write(`${this.label}  ${(100 * share).toFixed(0).padStart(3)} %  ${figures}\n`);
      return;
    }
    const filled = Math.round(share * barWidth);
    const line = `${this.label}  ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}  ${figures}`;
    this.stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, this.stream.columns - 1))}`);
  }

  /** Leaves the cursor on a line of its own. */
  end(): void {
    if (this.stream.isTTY && this.drawn > -Infinity) this.stream.write('\r\u001b[2K');
  }
}
