import { describe, expect, it } from "vitest";
import { StreamReader, type StreamEvent } from "./sse";

const STREAM =
  ": still here\n\nid: 7\nevent: message\ndata: {\"text\":\"你好\"}\n\nevent:state\r\ndata:a\r\ndata: b\r\n\r\n" +
  "data: plain\r\rid: 9\nevent: nothing\n\nretry: 10\ndata\n\n";
const EVENTS: StreamEvent[] = [
  { name: "message", data: '{"text":"你好"}' },
  { name: "state", data: "a\nb" },
  { name: "message", data: "plain" },
  { name: "message", data: "" },
];

describe("the reader of a stream", () => {
  it("finds the same events wherever the text is cut", () => {
    for (let cut = 0; cut <= STREAM.length; cut += 1) {
      const reader = new StreamReader();
      expect([...reader.push(STREAM.slice(0, cut)), ...reader.push(STREAM.slice(cut))]).toEqual(EVENTS);
    }
  });

  it("finds them when every letter comes by itself", () => {
    const reader = new StreamReader();
    expect([...STREAM].flatMap((letter) => reader.push(letter))).toEqual(EVENTS);
  });

  it("gives nothing of an event that is not whole", () => {
    expect(new StreamReader().push("event: message\ndata: {}\n")).toEqual([]);
  });
});
