import { expect, test } from "vitest";
import { daysBack, today } from "./days";

test("the shop's day begins at midnight in China", () => {
  expect(today(Date.parse("2026-06-10T15:59:59Z"))).toBe("2026-06-10");
  expect(today(Date.parse("2026-06-10T16:00:00Z"))).toBe("2026-06-11");
});

test("days are counted back over months", () => {
  expect(daysBack("2026-03-01", 0)).toBe("2026-03-01");
  expect(daysBack("2026-03-01", 6)).toBe("2026-02-23");
});
