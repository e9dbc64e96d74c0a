/** When the page draws: at most once a frame of the screen, whatever has changed since; never while it is hidden. */

export interface Scheduler {
  /** Asks for a drawing. */
  readonly request: () => void;
}

/** What a scheduler needs of a browser. */
export interface Screen {
  readonly isHidden: () => boolean;
  readonly nextFrame: (callback: () => void) => void;
  /** Calls back each time the page may have been shown or hidden. */
  readonly onVisibility: (callback: () => void) => void;
}

export function browserScreen(): Screen {
  return {
    isHidden: () => document.hidden,
    nextFrame: (callback) => void requestAnimationFrame(callback),
    onVisibility: (callback) => document.addEventListener('visibilitychange', callback),
  };
}

/** Draws the latest state only: requests between two frames become one drawing, and those of a hidden page wait until it is shown. */
export function createScheduler(draw: () => void, screen: Screen): Scheduler {
  let wanted = false;
  let waiting = false;
  const run = (): void => {
    waiting = false;
    if (!wanted || screen.isHidden()) return;
    wanted = false;
    draw();
  };
  const request = (): void => {
    wanted = true;
    if (waiting || screen.isHidden()) return;
    waiting = true;
    screen.nextFrame(run);
  };
  screen.onVisibility(() => {
    if (wanted && !screen.isHidden()) request();
  });
  return { request };
}
