import { expect, test } from "vitest";
import { alerts } from "./alerts";

const NOW = Date.parse("2026-03-02T10:00:00Z");

test("what is one's own is told, and once more for each time that it is late", () => {
  const rows = [
    { id: "a", due_at: null },
    { id: "b", due_at: "2026-03-02T09:59:00Z" },
    { id: "c", due_at: "2026-03-02T10:01:00Z" },
  ];
  expect(alerts(rows, NOW).map(({ key }) => key)).toEqual([
    "mine a",
    "mine b",
    "late b 2026-03-02T09:59:00Z",
    "mine c",
  ]);
});
