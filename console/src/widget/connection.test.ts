import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection } from "./connection";
import { Problem } from "./problems";
import type { StreamEvent } from "./sse";

/** A line whose every connection the test ends itself. */
function line() {
  const bodies: ReadableStreamDefaultController<Uint8Array>[] = [];
  const events: StreamEvent[] = [];
  const links: boolean[] = [];
  const refused: Problem[] = [];
  const open = vi.fn<(signal: AbortSignal) => Promise<Response>>((signal) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        bodies.push(controller);
        signal.addEventListener("abort", () => {
          try {
            controller.error(new Error("aborted"));
          } catch {
            // It was closed before.
          }
        });
      },
    });
    return Promise.resolve(new Response(body));
  });
  const connection = new Connection({
    open,
    onEvent: (event) => events.push(event),
    onLink: (isUp) => links.push(isUp),
    onRefused: (problem) => refused.push(problem),
  });
  const write = (text: string) => bodies.at(-1)?.enqueue(new TextEncoder().encode(text));
  return { connection, open, bodies, events, links, refused, write };
}

describe("the connection", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("reads events and opens anew when the server ends it", async () => {
    const { connection, open, bodies, events, links, write } = line();
    connection.start();
    await vi.advanceTimersByTimeAsync(0);
    write("event: state\nda");
    write("ta: 1\n\n");
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual([{ name: "state", data: "1" }]);
    bodies[0]?.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(links).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(open).toHaveBeenCalledTimes(2);
    expect(links).toEqual([true, false, true]);
    connection.stop();
  });

  it("does not trust a silence of 40 s, and every sign of life counts", async () => {
    const { connection, open, write } = line();
    connection.start();
    await vi.advanceTimersByTimeAsync(30_000);
    write(": still here\n\n");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(open).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(open).toHaveBeenCalledTimes(2);
    connection.stop();
  });

  it("tries at once when it is nudged, else ever more seldom", async () => {
    const { connection, open } = line();
    open.mockRejectedValue(new Problem(0, ""));
    connection.start();
    await vi.advanceTimersByTimeAsync(60_000);
    const tries = open.mock.calls.length;
    expect(tries).toBeLessThan(15);
    connection.nudge();
    await vi.advanceTimersByTimeAsync(0);
    expect(open).toHaveBeenCalledTimes(tries + 1);
    connection.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(open).toHaveBeenCalledTimes(tries + 1);
  });

  it("waits longer each time also where nobody answers for long", async () => {
    const { connection, open } = line();
    const began: number[] = [];
    open.mockImplementation(async () => {
      began.push(Date.now());
      await new Promise((resolve) => {
        setTimeout(resolve, 10_000);
      });
      throw new Problem(0, "");
    });
    connection.start();
    await vi.advanceTimersByTimeAsync(300_000);
    const waits = began.slice(1).map((at, place) => at - (began[place] ?? 0) - 10_000);
    expect(Math.max(...waits)).toBeGreaterThan(7_000);
    connection.stop();
  });

  it("does not hurry a server that asks for a while", async () => {
    const { connection, open } = line();
    open.mockRejectedValue(new Problem(429, "", null, 30_000));
    connection.start();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(open).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(open).toHaveBeenCalledTimes(2);
    connection.stop();
  });

  it.each([401, 403, 404])("does not ask again after a %s", async (status) => {
    const { connection, open, refused } = line();
    open.mockRejectedValue(new Problem(status, ""));
    connection.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refused.map((problem) => problem.status)).toEqual([status]);
    expect(open).toHaveBeenCalledOnce();
  });
});
