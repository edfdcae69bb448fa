import { expect, test } from "vitest";
import { pagesOf, windowOf } from "./window";

test("at the top what is seen is made, and a little more", () => {
  expect(windowOf(100_000, 50, -200, 900)).toEqual({ first: 0, end: 30 });
});

test("in the middle there is more at either end", () => {
  const { first, end } = windowOf(100_000, 50, 2_500_000, 900);
  expect(first).toBeLessThan(50_000);
  expect(end).toBeGreaterThan(50_018);
  expect(end - first).toBeLessThan(60);
});

test("nothing is made beyond the end, and a short list is made whole", () => {
  expect(windowOf(100_000, 50, 4_999_500, 900).end).toBe(100_000);
  expect(windowOf(7, 50, 0, 900)).toEqual({ first: 0, end: 7 });
  expect(windowOf(0, 50, 0, 900)).toEqual({ first: 0, end: 0 });
});

test("a step of scrolling makes nothing new", () => {
  expect(windowOf(1_000, 50, 5_000, 900)).toEqual(windowOf(1_000, 50, 5_049, 900));
});

test("pages that a window reaches into", () => {
  expect(pagesOf({ first: 0, end: 30 }, 50)).toEqual({ first: 1, last: 1 });
  expect(pagesOf({ first: 48, end: 102 }, 50)).toEqual({ first: 1, last: 3 });
  expect(pagesOf({ first: 0, end: 0 }, 50)).toEqual({ first: 1, last: 1 });
});
