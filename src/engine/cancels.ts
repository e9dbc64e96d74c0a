/** Questions that can be given up, by their ids, from when they are asked until they are answered. */
export class Cancels {
  private readonly controllers = new Map<number, AbortController>();

  /** Registers a question at once; what it returns computes the answer, and forgets the question then. */
  asked<T>(id: number, compute: (signal: AbortSignal) => Promise<T>): () => Promise<T> {
    const controller = new AbortController();
    this.controllers.set(id, controller);
    return () => compute(controller.signal).finally(() => this.controllers.delete(id));
  }

  cancel(id: number): void {
    this.controllers.get(id)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.controllers.values()) controller.abort();
  }
}
