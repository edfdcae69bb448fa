import { beforeEach, describe, expect, it } from "vitest";
import { grouped, parts, readRecent, remembered, stepped, writeRecent, type Find } from "./finding";

const find = (kind: Find["kind"], to: string): Find => ({ kind, key: `${kind} ${to}`, title: to, more: "more", to });

describe("what was found", () => {
  it("stands by kind in one order, without the kinds of which there is none", () => {
    const groups = grouped([find("answers", "a"), find("products", "p"), find("answers", "b")]);
    expect(groups.map(({ kind, finds }) => [kind, finds.length])).toEqual([
      ["products", 1],
      ["answers", 2],
    ]);
  });

  it("has what was looked for marked, whatever its case", () => {
    expect(parts("SKU 与 sku", "Sku")).toEqual([
      { text: "SKU", hit: true },
      { text: " 与 ", hit: false },
      { text: "sku", hit: true },
    ]);
    expect(parts("饭碗", "")).toEqual([{ text: "饭碗", hit: false }]);
    expect(parts("饭碗", "锅")).toEqual([{ text: "饭碗", hit: false }]);
    expect(parts("İi", "i").map(({ text }) => text).join("")).toBe("İi");
  });

  it("is walked round and round", () => {
    expect([stepped(0, 1, 3), stepped(2, 1, 3), stepped(0, -1, 3), stepped(0, 1, 0)]).toEqual([1, 0, 2, 0]);
  });
});

describe("what was chosen lately", () => {
  beforeEach(() => localStorage.clear());

  it("comes latest first, each once, and not without end", () => {
    let recent: Find[] = [];
    for (const to of ["a", "b", "a", "c", "d", "e", "f", "g"]) recent = remembered(recent, find("products", to));
    expect(recent.map(({ to }) => to)).toEqual(["g", "f", "e", "d", "c", "a"]);
    expect(recent.every(({ kind }) => kind === "recent")).toBe(true);
  });

  it("keeps nobody's name", () => {
    expect(remembered([], find("buyers", "小鱼"))).toEqual([]);
    expect(remembered([], find("orders", "4088"))[0]?.more).toBeUndefined();
  });

  it("is kept for each shop, and what is spoilt counts as nothing", () => {
    writeRecent("a", remembered([], find("products", "p")));
    expect(readRecent("a").map(({ to }) => to)).toEqual(["p"]);
    expect(readRecent("b")).toEqual([]);
    localStorage.setItem("zhanggui.recent.a", '[{"to":1},null]');
    expect(readRecent("a")).toEqual([]);
    localStorage.setItem("zhanggui.recent.a", "{");
    expect(readRecent("a")).toEqual([]);
  });
});
