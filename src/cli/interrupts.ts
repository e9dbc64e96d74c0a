import type { FitControl } from '../engine/fit/control';

/** Lets Ctrl+C end a run as it should. */
export interface Interrupts {
  /** The run directory has been made. */
  readonly begun: () => void;
  /** Interrupts mean again what they meant before. */
  readonly dispose: () => void;
}

/** The first interrupt stops the run, which then completes its directory; before there is one, and at the second, the process ends. */
export function stopOnInterrupt(control: FitControl): Interrupts {
  let begun = false;
  const interrupt = (): void => {
    if (!begun || control.stopped) process.exit(130);
    control.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    begun: () => {
      begun = true;
    },
    dispose: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
