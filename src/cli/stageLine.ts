import { visibleLine } from './visible';

/** Shows on stderr what a command is at: one line that redraws on a terminal, else a line for each stage. */
export class StageLine {
  private shown = false;

  constructor(
    private readonly label: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  show(stage: string): void {
    const line = visibleLine(`${this.label}: ${stage}`);
    this.stream.write(this.stream.isTTY ? `\r\u001b[2K${line} ...` : `${line}\n`);
    this.shown = true;
  }

  /** Leaves the cursor on a line of its own. */
  end(): void {
    if (this.shown && this.stream.isTTY) this.stream.write('\r\u001b[2K');
  }
}
