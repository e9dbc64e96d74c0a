/** Asks one question at a time, and of those that come meanwhile only the newest: sliders ask faster than an engine answers. */

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer | undefined) => void;
}

export class LatestRequest<Request, Answer> {
  private next: Waiting<Request, Answer> | undefined;
  private asking = false;

  /** @param work answers a request; it does not reject */
  constructor(private readonly work: (request: Request) => Promise<Answer>) {}

  /** The answer; undefined where a newer request has come before its turn. */
  ask(request: Request): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      this.next?.resolve(undefined);
      this.next = { request, resolve };
      if (!this.asking) void this.goOn();
    });
  }

  private async goOn(): Promise<void> {
    this.asking = true;
    while (this.next !== undefined) {
      const { request, resolve } = this.next;
      this.next = undefined;
      resolve(await this.work(request));
    }
    this.asking = false;
  }
}
