import { beforeEach, describe, expect, it, vi } from "vitest";
import { Memory } from "./memory";
import { Queue } from "./queue";

describe("the queue", () => {
  beforeEach(() => localStorage.clear());

  it("outlives its page, in the order things were said", () => {
    const queue = new Queue(new Memory("k"), () => 1000);
    queue.add({ text: "一" });
    queue.add({ text: "二" }, { product_id: "YX01" });
    queue.add({ image: "data:image/jpeg;base64,AA==" });
    const again = new Queue(new Memory("k")).all();
    expect(again.map(({ text }) => text)).toEqual(["一", "二", null]);
    expect(again[1]?.product_id).toBe("YX01");
    expect(new Set(again.map(({ client_id }) => client_id)).size).toBe(3);
    expect(new Queue(new Memory("other")).all()).toEqual([]);
  });

  it("keeps its order when the clock is set back", () => {
    let now = 5000;
    const queue = new Queue(new Memory("k"), () => now);
    queue.add({ text: "一" });
    now = 1000;
    queue.add({ text: "二" });
    expect(queue.all().map(({ text }) => text)).toEqual(["一", "二"]);
  });

  it("loses nothing when two tabs write at the same time", () => {
    const [one, two] = [new Queue(new Memory("k")), new Queue(new Memory("k"))];
    const first = one.add({ text: "一" });
    two.add({ text: "二" });
    one.drop(first);
    expect(two.all().map(({ text }) => text)).toEqual(["二"]);
  });

  it("passes over what was refused until it is tried again", () => {
    const queue = new Queue(new Memory("k"));
    const refused = queue.add({ text: "一" });
    queue.add({ text: "二" });
    queue.mark(refused, "不能发");
    expect(queue.next()?.text).toBe("二");
    queue.mark(refused, null);
    expect(queue.next()?.client_id).toBe(refused.client_id);
  });

  it("does not bring back what was sent meanwhile", () => {
    const queue = new Queue(new Memory("k"));
    const sent = queue.add({ text: "一" });
    queue.drop(sent);
    queue.mark(sent, "不能发");
    expect(queue.all()).toEqual([]);
  });

  it("holds for as long as the page where nothing may be kept", () => {
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    const queue = new Queue(new Memory("k"));
    queue.add({ text: "一" });
    expect(queue.all().map(({ text }) => text)).toEqual(["一"]);
    full.mockRestore();
  });
});
