/** The server's one vocabulary of errors, and the two that it cannot send: no answer, no sense. */

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string | null = null,
    readonly where: string | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** A call that was not carried out but waits for a person. */
export class WaitsForApproval extends Error {
  constructor(readonly approvalId: string) {
    super("waits for approval");
    this.name = "WaitsForApproval";
  }
}

/** Reads an error answer; what is not the server's own JSON becomes `unreadable`. */
export function readError(status: number, body: unknown): ApiError {
  if (typeof body === "object" && body !== null) {
    const { code, message, hint, where } = body as Record<string, unknown>;
    if (typeof code === "string" && typeof message === "string") {
      return new ApiError(status, code, message, text(hint), text(where));
    }
  }
  return new ApiError(status, "unreadable", "");
}

/** What `fetch` throws when there is no answer at all. */
export function unreachable(): ApiError {
  return new ApiError(0, "unreachable", "");
}

/** Trying again may help: no answer, or the server says it is not ready. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
