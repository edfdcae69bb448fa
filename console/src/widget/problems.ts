import { askedToWait } from "./backoff";

/** An answer that is no success, or none at all (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly hint: string | null = null,
    /** How long the server asked to wait, in ms. */
    readonly waitMs: number | null = null,
    /** Which part of what was sent is meant. */
    readonly where: string | null = null,
  ) {
    super(message);
    this.name = "Problem";
  }

  /** The conversation's token holds no longer. */
  get isStale(): boolean {
    return this.status === 401;
  }

  /** The key was switched off or replaced, or this page may not carry the chat. */
  get isFinal(): boolean {
    return this.status === 403 || this.status === 404;
  }

  /** The server understood and will not: asking again without a change is of no use. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 403, 404, 408, 429].includes(this.status);
  }
}

export async function readProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  return new Problem(response.status, text(body?.["message"]) ?? "", text(body?.["hint"]), waitOf(response), text(body?.["where"]));
}

export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, "");
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function waitOf({ headers }: Response): number | null {
  const theirs = Date.parse(headers.get("date") ?? "");
  return askedToWait(headers.get("retry-after"), Number.isNaN(theirs) ? Date.now() : theirs);
}
