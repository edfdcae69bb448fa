import { describe, expect, it } from "vitest";
import { added, stacks, sums, type Usage } from "./usage";

function line(day: string, model: string, cost: number, more: Partial<Usage["items"][number]> = {}): Usage["items"][number] {
  return {
    day,
    room: "service",
    room_name: "Service",
    model,
    calls: 1,
    failed: 0,
    read: 20,
    written: 5,
    pictures: 0,
    seconds: 0,
    characters: 0,
    cost_micro: cost,
    ms: 100,
    ...more,
  };
}

function usage(items: Usage["items"]): Usage {
  return {
    since: "2026-02-27",
    until: "2026-03-01",
    items,
    cost_micro: 0,
    month_micro: 0,
    forecast_micro: 0,
    budgets: [],
  };
}

describe("the stacks of a period", () => {
  it("have every day, the largest part first", () => {
    const found = stacks(usage([line("2026-02-28", "a", 1), line("2026-03-01", "b", 5)]), "cost", "model");
    expect(found.days).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(found.parts).toEqual([
      { name: "b", values: [0, 0, 5] },
      { name: "a", values: [0, 1, 0] },
    ]);
    expect(found.totals).toEqual([0, 1, 5]);
  });

  it("put rooms together by their names, and measure calls and tokens", () => {
    const two = usage([line("2026-03-01", "a", 0), line("2026-03-01", "b", 0, { calls: 3 })]);
    expect(stacks(two, "calls", "room").parts).toEqual([{ name: "Service", values: [0, 0, 4] }]);
    expect(stacks(two, "tokens", "room").totals).toEqual([0, 0, 50]);
    expect(stacks(two, "cost", "room").parts).toEqual([]);
  });

  it("put what has no colour of its own together", () => {
    const many = ["a", "b", "c", "d", "e", "f"].map((name, index) => line("2026-03-01", name, 10 - index));
    const { parts } = stacks(usage(many), "cost", "model");
    expect(parts.map(({ name }) => name)).toEqual(["a", "b", "c", "d", null]);
    expect(parts[4]?.values).toEqual([0, 0, 6 + 5]);
  });
});

describe("the sums of a period", () => {
  it("are one for each room and model, the dearest first, with the mean of a call", () => {
    const found = sums([
      line("2026-02-28", "a", 1, { calls: 3, ms: 100 }),
      line("2026-03-01", "a", 1, { calls: 1, ms: 500 }),
      line("2026-03-01", "b", 9),
    ]);
    expect(found.map(({ model, calls, cost_micro, ms }) => [model, calls, cost_micro, ms])).toEqual([
      ["b", 1, 9, 100],
      ["a", 4, 2, 200],
    ]);
  });

  it("add up what was made", () => {
    const made = added([
      line("2026-03-01", "a", 1, { pictures: 2, seconds: 5.5 }),
      line("2026-03-02", "a", 1, { pictures: 1, characters: 30 }),
    ]);
    expect([made.pictures, made.seconds, made.characters]).toEqual([3, 5.5, 30]);
  });

  it("know no mean of nothing", () => {
    expect(added([]).ms).toBeNull();
  });
});
