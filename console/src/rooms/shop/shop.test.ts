import { describe, expect, it } from "vitest";
import { safeNext } from "@/rooms/base/useEntry";
import { preferredLanguage } from "@/shell/preferences";
import { between } from "./days";
import { isLitter } from "./gather";
import { ticks } from "@/shell/ticks";

describe("a range of days", () => {
  it("takes both days whole, in the shop's time", () => {
    expect(between("2026-02-27", "2026-02-28")).toEqual({
      since: "2026-02-27T00:00:00+08:00",
      until: "2026-03-01T00:00:00+08:00",
    });
  });

  it("leaves out what is not a day", () => {
    expect(between("", "2026-13-45")).toEqual({});
  });
});

describe("dropped files", () => {
  it("come without what systems leave beside them", () => {
    const paths = ["a/订单.csv", "a/.DS_Store", "__MACOSX/a/x.csv", "~$商品.xlsx", "b/Thumbs.db", ".git/config.csv", "b/my.config.csv"];
    expect(paths.filter((path) => !isLitter(path))).toEqual(["a/订单.csv", "b/my.config.csv"]);
  });
});

describe("the marks of an axis", () => {
  it.each([
    [1, 1],
    [7, 1],
    [123, 1],
    [1_973_900, 100],
    [5, 100],
  ])("for up to %d in steps of %d are few, round and enough", (most, unit) => {
    const marks = ticks(most, unit);
    expect(marks[0]).toBe(0);
    expect(marks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(marks.length).toBeLessThanOrEqual(6);
    expect(marks.every((mark) => mark % unit === 0)).toBe(true);
    expect(new Set(marks).size).toBe(marks.length);
  });
});

describe("after signing in", () => {
  it("only an address of this console is gone to", () => {
    expect(safeNext("/shops/a/orders?q=1")).toBe("/shops/a/orders?q=1");
    for (const foreign of [null, "", "https://example.com", "//example.com", "/\\example.com"]) {
      expect(safeNext(foreign)).toBe("/");
    }
  });
});

describe("the first language", () => {
  it("is Chinese unless the browser asks for English alone", () => {
    expect(preferredLanguage(["zh-CN", "en"])).toBe("zh");
    expect(preferredLanguage(["en-US", "zh-CN"])).toBe("zh");
    expect(preferredLanguage(["en-US"])).toBe("en");
    expect(preferredLanguage(["ja"])).toBe("zh");
  });
});
