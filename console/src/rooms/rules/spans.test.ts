import { expect, test } from "vitest";
import { pieces, replaced, unitsBefore } from "./spans";

test("pieces put together are the text", () => {
  const text = "🎉全网第一的锅";
  const made = pieces(text, [{ start: 1, end: 5 }]);
  expect(made.map((piece) => piece.text)).toEqual(["🎉", "全网第一", "的锅"]);
  expect(made.map((piece) => piece.of !== undefined)).toEqual([false, true, false]);
});

test("overlapping marks do not double a letter", () => {
  const made = pieces("abcdef", [{ start: 2, end: 5 }, { start: 1, end: 3 }, { start: 3, end: 4 }]);
  expect(made.map((piece) => piece.text)).toEqual(["a", "bc", "de", "f"]);
});

test("a mark beyond the end is cut", () => {
  expect(pieces("ab", [{ start: 1, end: 9 }]).map((piece) => piece.text)).toEqual(["a", "b"]);
});

test("a span is replaced by code points", () => {
  expect(replaced("🎉全网第一的锅", { start: 1, end: 5 }, "好用")).toBe("🎉好用的锅");
});

test("a browser counts what lies beyond the basic plane twice", () => {
  expect(unitsBefore("🎉锅", 1)).toBe(2);
  expect(unitsBefore("锅🎉", 1)).toBe(1);
  expect(unitsBefore("锅", 5)).toBe(1);
});
