import { expect, it } from "vitest";
import { backoff } from "./backoff";

it("waits twice as long each time, up to 15 s", () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((failures) => backoff(failures, () => 1));
  expect(longest).toEqual([600, 1200, 2400, 4800, 9600, 15_000, 15_000]);
});

it("leaves the last half to chance", () => {
  expect(backoff(2, () => 0)).toBe(1200);
  expect(backoff(2, () => 0.5)).toBe(1800);
});
