import { expect, test } from "vitest";
import { clock, dueAt } from "./due";

const NOW = Date.parse("2026-03-02T10:00:00Z");

test("what is due turns from calm to soon to late", () => {
  expect(dueAt("2026-03-02T10:05:00Z", NOW)).toEqual({ tone: "calm", seconds: 300 });
  expect(dueAt("2026-03-02T10:02:00Z", NOW)).toEqual({ tone: "soon", seconds: 120 });
  expect(dueAt("2026-03-02T09:59:30Z", NOW)).toEqual({ tone: "late", seconds: 30 });
});

test("a clock has two figures after the first", () => {
  expect([clock(5), clock(65), clock(3600 + 62)]).toEqual(["0:05", "1:05", "1:01:02"]);
});
