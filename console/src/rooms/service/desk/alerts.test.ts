import { expect, test } from "vitest";
import { alerts } from "./alerts";

const NOW = Date.parse("2026-03-02T10:00:00Z");

test("what is one's own is told, and once more for each time that it is late", () => {
  const rows = [
    { id: "a", due_at: null, promised_at: null },
    { id: "b", due_at: "2026-03-02T09:59:00Z", promised_at: null },
    { id: "c", due_at: "2026-03-02T10:01:00Z", promised_at: null },
  ];
  expect(alerts(rows, [], NOW).map(({ key }) => key)).toEqual([
    "mine a",
    "mine b",
    "late b 2026-03-02T09:59:00Z",
    "mine c",
  ]);
});

test("what was promised is told of before it is to be kept, also where it is nobody's", () => {
  const soon = { id: "a", due_at: "2026-03-02T10:03:00Z", promised_at: "2026-03-02T10:03:00Z" };
  const later = { id: "b", due_at: "2026-03-02T10:04:00Z", promised_at: "2026-03-02T10:04:00Z" };
  const free = { id: "c", due_at: "2026-03-02T10:01:00Z", promised_at: null };
  expect(alerts([], [soon, later, free], NOW).map(({ key, what }) => [key, what])).toEqual([
    ["promised a 2026-03-02T10:03:00Z", "isPromised"],
  ]);
});
