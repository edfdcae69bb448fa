import { waitFor } from "./backoff";
import { problemOf, type Problem } from "./problems";
import type { Queue, Unsent } from "./queue";

/** One at a time in all tabs of a browser, where it can tell them apart from one another. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

export function exclusiveFor(name: string): Exclusive {
  // A page that came over plain http has no locks; two of its tabs send at once, each in its order.
  const locks = navigator.locks as LockManager | null | undefined;
  return async (work) => {
    let isBegun = false;
    const begun = () => {
      isBegun = true;
      return work();
    };
    try {
      return locks ? await locks.request(name, begun) : await begun();
    } catch (error) {
      // Where a page may keep nothing it is refused its locks too, and has no other tab to mind.
      if (isBegun) throw error;
      return work();
    }
  };
}

export interface Deliveries {
  /** Sends one; throws a `Problem`. */
  deliver(item: Unsent): Promise<void>;
  /** The token holds no longer: forget it, so that the next delivery starts anew. */
  onStale(): void;
  /** Nothing can be sent any more. */
  onFinal(problem: Problem): void;
  /** Something about the queue, or about whether it gets through, has changed. */
  onChange(): void;
}

/**
 * Sends what is in the queue: one after the other, each again and again until the server has answered
 * for it. As each keeps its `client_id`, one whose answer was lost is not taken twice.
 */
export class Sender {
  private isRunning = false;
  private isStopped = false;
  private isThrough = true;
  private failures = 0;
  /** Before this the server wants to hear nothing. */
  private notBefore = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queue: Queue,
    private readonly exclusive: Exclusive,
    private readonly to: Deliveries,
  ) {}

  /** Something waits because the last attempt did not get through. */
  get isHeld(): boolean {
    return !this.isThrough && this.queue.next() !== null;
  }

  /** Send now what there is, also if the next attempt was to be later; where the server has asked to
   * wait only if something `isBetter`, such as that the browser is online again. */
  async run(isBetter = false): Promise<void> {
    const waitMs = isBetter ? 0 : this.notBefore - Date.now();
    if (waitMs > 0) return this.later(waitMs);
    clearTimeout(this.timer);
    if (this.isRunning) return;
    this.isRunning = true;
    let goesOn = true;
    // What is added while the lock is let go is found by the next round.
    try {
      while (goesOn && !this.isStopped && this.queue.next()) {
        // oxlint-disable-next-line no-await-in-loop -- one at a time is the point
        goesOn = await this.exclusive(() => this.drain());
      }
    } finally {
      this.isRunning = false;
    }
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => void this.run(), ms);
  }

  private async drain(): Promise<boolean> {
    for (let item = this.queue.next(); item && !this.isStopped; item = this.queue.next()) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (!(await this.attempt(item))) return false;
    }
    return true;
  }

  /** Whether to go on with the next one. */
  private async attempt(item: Unsent): Promise<boolean> {
    try {
      await this.to.deliver(item);
      this.queue.drop(item);
      this.failures = 0;
      this.notBefore = 0;
      this.isThrough = true;
    } catch (error) {
      return this.failed(item, problemOf(error));
    } finally {
      this.to.onChange();
    }
    return true;
  }

  private failed(item: Unsent, problem: Problem): boolean {
    if (problem.isRefusal) {
      this.queue.mark(item, problem.message);
      return true;
    }
    if (problem.isFinal) {
      this.stop();
      this.to.onFinal(problem);
      return false;
    }
    if (problem.isStale) this.to.onStale();
    // A token that holds no longer is no failure, but one new token after another would be.
    const isFirstStale = problem.isStale && this.failures === 0;
    this.isThrough = isFirstStale;
    const waitMs = isFirstStale ? 0 : waitFor(problem.waitMs, this.failures);
    this.notBefore = problem.waitMs === null ? 0 : Date.now() + waitMs;
    this.failures += 1;
    this.later(waitMs);
    return false;
  }
}
