import { waitFor } from "./backoff";
import { problemOf, type Problem } from "./problems";
import { StreamReader, type StreamEvent } from "./sse";

/** The server says something every 15 s, if only that it is still here. */
const SILENT_MS = 40_000;
/** After this much silence a connection that may have slept is not trusted. */
const DOUBTFUL_MS = 20_000;
/** A connection that held this long was a good one: its end is no failure. */
const GOOD_MS = 5_000;

export interface Line {
  open(signal: AbortSignal): Promise<Response>;
  onEvent(event: StreamEvent): void;
  /** Whether events arrive. */
  onLink(isUp: boolean): void;
  /** The server will not have it: the token or the key holds no longer. */
  onRefused(problem: Problem): void;
}

/** Keeps a stream of events open, through whatever ends it. */
export class Connection {
  private life: AbortController | null = null;
  private attempt: AbortController | null = null;
  private wake: (() => void) | null = null;
  private heard = 0;
  /** When the connection began to hold; 0 while it does not. */
  private since = 0;

  constructor(private readonly line: Line) {}

  start(): void {
    if (this.life) return;
    this.life = new AbortController();
    void this.keep(this.life.signal);
  }

  stop(): void {
    this.life?.abort();
    this.life = null;
    this.attempt?.abort();
    this.wake?.();
  }

  /** Something has changed for the better (online again, looked at again): do not wait any longer. */
  nudge(): void {
    if (this.wake) this.wake();
    else if (Date.now() - this.heard > DOUBTFUL_MS) this.attempt?.abort();
  }

  /** The browser says that there is no network. */
  lose(): void {
    this.attempt?.abort();
  }

  private async keep(life: AbortSignal): Promise<void> {
    let failures = 0;
    while (!life.aborted) {
      let waitMs: number | null = null;
      try {
        // oxlint-disable-next-line no-await-in-loop -- one connection after the other
        await this.listen();
      } catch (error) {
        const problem = problemOf(error);
        if (life.aborted) return;
        if (problem.isStale || problem.isFinal) {
          this.life = null;
          this.line.onRefused(problem);
          return;
        }
        waitMs = problem.waitMs;
      }
      if (life.aborted) return;
      // One that nobody answered for long has not held, however long that took.
      if (this.since > 0 && Date.now() - this.since > GOOD_MS) failures = 0;
      this.since = 0;
      this.line.onLink(false);
      // oxlint-disable-next-line no-await-in-loop -- as above
      const isNudged = await this.pause(waitFor(waitMs, failures));
      failures = isNudged ? 0 : failures + 1;
    }
  }

  private async listen(): Promise<void> {
    const attempt = new AbortController();
    this.attempt = attempt;
    this.heard = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - this.heard > SILENT_MS) attempt.abort();
    }, 1_000);
    try {
      const response = await this.line.open(attempt.signal);
      this.since = Date.now();
      this.line.onLink(true);
      await this.read(response);
    } finally {
      clearInterval(watch);
      attempt.abort();
    }
  }

  private async read(response: Response): Promise<void> {
    const bytes = response.body?.getReader();
    const decoder = new TextDecoder();
    const events = new StreamReader();
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- a stream comes in order
      const part = await bytes?.read();
      if (!part || part.done) return;
      this.heard = Date.now();
      for (const event of events.push(decoder.decode(part.value, { stream: true }))) this.line.onEvent(event);
    }
  }

  /** Whether it was ended before its time. */
  private async pause(ms: number): Promise<boolean> {
    const isNudged = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
    this.wake = null;
    return isNudged;
  }
}
