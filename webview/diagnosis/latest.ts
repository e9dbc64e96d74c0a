/** What a slider says many times a second, said less often. */

/** Calls back after so many milliseconds. */
export type Timer = (callback: () => void, milliseconds: number) => void;

/**
 * Hands on the first value at once, and of those that follow within `period` milliseconds of it only the last.
 * @returns to be called with each value
 */
export function latest<T>(period: number, send: (value: T) => void, timer: Timer = setTimeout): (value: T) => void {
  let waiting: { readonly value: T } | undefined;
  let resting = false;
  const pass = (): void => {
    const next = waiting;
    waiting = undefined;
    resting = next !== undefined;
    if (!next) return;
    send(next.value);
    timer(pass, period);
  };
  return (value) => {
    waiting = { value };
    if (!resting) pass();
  };
}
