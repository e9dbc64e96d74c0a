import { visibleLine } from './visible';

const barWidth = 24;
const redrawMilliseconds = 50;
const lineMilliseconds = 5000;

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Where a run is. */
export interface BarProgress {
  readonly step: number;
  /** Undefined where the number of steps is not known. */
  readonly steps: number | undefined;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

/** Shows a run's progress on stderr: a bar that redraws on a terminal, else a line every five seconds. */
export class ProgressBar {
  private readonly label: string;
  private drawn = -Infinity;

  constructor(
    label: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.label = visibleLine(label);
  }

  /** @param text the run's own figures, in a few words */
  update({ step, steps, stepsPerSecond, secondsLeft }: BarProgress, text: string): void {
    const now = performance.now();
    if (now - this.drawn < (this.stream.isTTY ? redrawMilliseconds : lineMilliseconds) && !(steps !== undefined && step >= steps)) return;
    this.drawn = now;
    const count = steps === undefined ? `step ${step}` : `${String(step).padStart(String(steps).length)}/${steps}`;
    const left = steps === undefined ? '' : `  ${clock(secondsLeft)} left`;
    const figures = `${count}${text === '' ? '' : `  ${visibleLine(text)}`}  ${stepsPerSecond.toFixed(0)} steps/s${left}`;
    const share = steps === undefined ? undefined : step / steps;
    if (!this.stream.isTTY) {
      this.stream.write(`${this.label}${share === undefined ? '' : `  ${(100 * share).toFixed(0).padStart(3)} %`}  ${figures}\n`);
      return;
    }
    const filled = Math.round((share ?? 0) * barWidth);
    const bar = share === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}  `;
    const line = `${this.label}  ${bar}${figures}`;
    this.stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, this.stream.columns - 1))}`);
  }

  /** Leaves the cursor on a line of its own. */
  end(): void {
    if (this.stream.isTTY && this.drawn > -Infinity) this.stream.write('\r\u001b[2K');
  }
}
