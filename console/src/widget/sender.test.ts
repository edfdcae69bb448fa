import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Memory } from "./memory";
import { Problem } from "./problems";
import { Queue, type Unsent } from "./queue";
import { Sender, type Deliveries } from "./sender";

/** A server that keeps each `client_id` once, and what to do to the next tries. */
function server(...fates: (Problem | "lost" | "well")[]) {
  const kept: string[] = [];
  const ids = new Set<string>();
  let inFlight = 0;
  const deliveries = {
    deliver: vi.fn<(item: Unsent) => Promise<void>>(async ({ client_id, text }) => {
      inFlight += 1;
      expect(inFlight).toBe(1);
      await Promise.resolve();
      inFlight -= 1;
      const fate = fates.shift() ?? "well";
      if (fate instanceof Problem) throw fate;
      if (!ids.has(client_id)) kept.push(text ?? "");
      ids.add(client_id);
      if (fate === "lost") throw new Problem(0, "");
    }),
    onStale: vi.fn<() => void>(),
    onFinal: vi.fn<() => void>(),
    onChange: vi.fn<() => void>(),
  } satisfies Deliveries;
  const queue = new Queue(new Memory("k"));
  const sender = new Sender(queue, (work) => work(), deliveries);
  return { kept, queue, sender, ...deliveries };
}

describe("the sender", () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it("sends one after the other, in order", async () => {
    const { kept, queue, sender } = server();
    for (const text of ["一", "二", "三"]) queue.add({ text });
    await Promise.all([sender.run(), sender.run()]);
    expect(kept).toEqual(["一", "二", "三"]);
    expect(queue.all()).toEqual([]);
  });

  it("sends what was kept and whose answer was lost again, and it is one message", async () => {
    const { kept, queue, sender, deliver } = server("lost", "lost");
    queue.add({ text: "一" });
    queue.add({ text: "二" });
    await sender.run();
    expect(sender.isHeld).toBe(true);
    await vi.runAllTimersAsync();
    expect(kept).toEqual(["一", "二"]);
    expect(deliver).toHaveBeenCalledTimes(4);
    expect(sender.isHeld).toBe(false);
  });

  it("waits as long as the server asks", async () => {
    const { kept, queue, sender } = server(new Problem(429, "慢些", null, 7000));
    queue.add({ text: "一" });
    await sender.run();
    await vi.advanceTimersByTimeAsync(3_000);
    // What is written meanwhile waits along.
    queue.add({ text: "二" });
    await sender.run();
    await vi.advanceTimersByTimeAsync(3_900);
    expect(kept).toEqual([]);
    await vi.advanceTimersByTimeAsync(800);
    expect(kept).toEqual(["一", "二"]);
  });

  it("waits no longer once the browser is online again", async () => {
    const { kept, queue, sender } = server(new Problem(503, "", null, 60_000));
    queue.add({ text: "一" });
    await sender.run();
    await sender.run(true);
    expect(kept).toEqual(["一"]);
  });

  it("leaves what is refused to the shopper and goes on with the next", async () => {
    const { kept, queue, sender } = server(new Problem(422, "不能发"));
    queue.add({ text: "一" });
    queue.add({ text: "二" });
    await sender.run();
    expect(kept).toEqual(["二"]);
    expect(queue.all().map(({ problem }) => problem)).toEqual(["不能发"]);
  });

  it("begins anew at once when the token holds no longer, but not without end", async () => {
    const stale = new Problem(401, "");
    const { kept, queue, sender, onStale, deliver } = server(stale, stale, stale);
    queue.add({ text: "一" });
    await sender.run();
    await vi.advanceTimersByTimeAsync(0);
    expect(deliver).toHaveBeenCalledTimes(2);
    await vi.runAllTimersAsync();
    expect(kept).toEqual(["一"]);
    expect(onStale).toHaveBeenCalledTimes(3);
  });

  it("ends where the chat is closed, and keeps what was not sent", async () => {
    const { queue, sender, onFinal, deliver } = server(new Problem(404, ""));
    queue.add({ text: "一" });
    await sender.run();
    await vi.runAllTimersAsync();
    await sender.run();
    expect(onFinal).toHaveBeenCalledOnce();
    expect(deliver).toHaveBeenCalledOnce();
    expect(queue.all()).toHaveLength(1);
  });
});
