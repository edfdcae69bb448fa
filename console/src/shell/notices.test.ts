import { describe, expect, it } from "vitest";
import { fresh, notices } from "./notices";

const WAITING = { work_items: 2, urgent: 1, proposals: 5, approvals: 1 };
const imports = [
  { id: "imp_3", state: "running" as const, finished_at: null },
  { id: "imp_2", state: "done" as const, finished_at: "2026-06-10T04:00:00Z" },
  { id: "imp_1", state: "failed" as const, finished_at: "2026-06-08T04:00:00Z" },
];
const evaluations = [{ id: "eval_1", state: "done" as const, finished_at: "2026-06-10T05:00:00Z" }];
const seen = { waiting: WAITING, imports, evaluations, looked: Date.parse("2026-06-09T00:00:00Z") };

describe("what the bell tells", () => {
  it("is what waits, then what has ended since the last look, the newest first", () => {
    expect(notices(seen).map(({ what, count, to }) => [what, count, to])).toEqual([
      ["approvals", 1, "settings?tab=approvals"],
      ["work", 2, "work"],
      ["evaluationDone", 1, "evaluation/eval_1"],
      ["importDone", 1, "import/imp_2"],
    ]);
    expect(notices({ ...seen, looked: 0 }).map(({ what }) => what)).toContain("importFailed");
  });

  it("is nothing where nothing waits and nothing has ended", () => {
    const waiting = { work_items: 0, urgent: 0, proposals: 9, approvals: 0 };
    expect(notices({ waiting, imports: [], evaluations: [], looked: 0 })).toEqual([]);
    expect(notices({ waiting: undefined, imports: [], evaluations: [], looked: 0 })).toEqual([]);
  });

  it("is fresh where there is more of it than before", () => {
    const before = notices({ ...seen, evaluations: [] });
    expect(fresh(before, notices(seen)).map(({ what }) => what)).toEqual(["evaluationDone"]);
    const more = notices({ ...seen, waiting: { ...WAITING, work_items: 3, approvals: 0 } });
    expect(fresh(notices(seen), more).map(({ what }) => what)).toEqual(["work"]);
  });
});
