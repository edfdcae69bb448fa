import { describe, expect, it } from "vitest";
import type { Message } from "./contract";
import { entriesOf } from "./entries";
import type { Unsent } from "./queue";

function message(seq: number, author: Message["author"], minute: number, more: Partial<Message> = {}): Message {
  const at = new Date(Date.UTC(2026, 5, 1, 10, minute)).toISOString();
  return { seq, client_id: null, author, name: null, text: `${seq}`, images: [], cards: [], at, ...more };
}

function unsent(client_id: string, minute: number): Unsent {
  return { client_id, at: Date.UTC(2026, 5, 1, 10, minute), text: client_id, image: null, problem: null };
}

const keys = (...given: Parameters<typeof entriesOf>) =>
  entriesOf(...given).map((entry) => (entry.kind === "time" ? "time" : `${entry.key}${entry.isFirst ? " first" : ""}`));

describe("what stands in the log", () => {
  it("is in the order of its numbers, in groups, with the time after a pause", () => {
    const said = [message(2, "ai", 1), message(1, "shopper", 0), message(3, "ai", 2), message(4, "ai", 30)];
    expect(keys(said, [])).toEqual(["time", "#1 first", "#2 first", "#3", "time", "#4 first"]);
  });

  it("tells people apart by name", () => {
    const said = [message(1, "person", 0, { name: "小王" }), message(2, "person", 0, { name: "小李" })];
    expect(keys(said, [])).toEqual(["time", "#1 first", "#2 first"]);
  });

  it("ends with what is not sent, and shows nothing twice under two names", () => {
    const said = [message(1, "shopper", 0, { client_id: "a" })];
    const waiting = [unsent("a", 0), unsent("b", 1)];
    expect(keys(said, waiting)).toEqual(["time", "a first", "b"]);
    expect(keys([], waiting)).toEqual(["time", "a first", "b"]);
  });
});
