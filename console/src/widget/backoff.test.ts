import { expect, it } from "vitest";
import { askedToWait, backoff, waitFor } from "./backoff";

it("waits twice as long each time, up to 15 s", () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((failures) => backoff(failures, () => 1));
  expect(longest).toEqual([600, 1200, 2400, 4800, 9600, 15_000, 15_000]);
});

it("leaves the last half to chance", () => {
  expect(backoff(2, () => 0)).toBe(1200);
  expect(backoff(2, () => 0.5)).toBe(1800);
});

it("waits no shorter than the server asks, up to two minutes, and with chance behind it", () => {
  expect(waitFor(7_000, 0, () => 0)).toBe(7_300);
  expect(waitFor(0, 3, () => 1)).toBe(4_800);
  expect(waitFor(3_600_000, 0, () => 1)).toBe(120_600);
  expect(waitFor(null, 1, () => 0)).toBe(600);
});

it("reads a Retry-After in seconds and as a date", () => {
  const now = Date.parse("2026-06-01T10:00:00Z");
  expect(askedToWait("7", now)).toBe(7_000);
  expect(askedToWait("Mon, 01 Jun 2026 10:00:30 GMT", now)).toBe(30_000);
  expect(askedToWait("Mon, 01 Jun 2026 09:00:00 GMT", now)).toBe(0);
  expect([null, "", "-5", "soon"].map((header) => askedToWait(header, now))).toEqual([null, null, null, null]);
});
