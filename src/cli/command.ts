/** One command of the command line. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Runs it; answers with the exit status. Throws errors that errors.ts knows how to say. */
  readonly run: (args: readonly string[]) => Promise<number>;
}
