import { type Action, initialState, type PageState, reduce } from './state';

/** Holds the state; whoever listens is told of each change, and draws when it is time. */
export class Store {
  private current: PageState = initialState;
  private readonly listeners: ((state: PageState, before: PageState) => void)[] = [];

  get state(): PageState {
    return this.current;
  }

  dispatch(action: Action): void {
    const before = this.current;
    this.current = reduce(before, action);
    if (this.current !== before) for (const listener of this.listeners) listener(this.current, before);
  }

  listen(listener: (state: PageState, before: PageState) => void): void {
    this.listeners.push(listener);
  }
}
