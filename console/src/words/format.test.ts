import { describe, expect, it } from "vitest";
import { format } from "./format";

const zh = format("zh");
const en = format("en");

describe("format", () => {
  it("writes fen as yuan", () => {
    expect(zh.money(123_450)).toBe("¥1,234.50");
    expect(zh.money(5)).toBe("¥0.05");
    expect(zh.money(-1990)).toBe("-¥19.90");
    expect(en.money(123_450)).toBe("¥1,234.50");
    expect(zh.yuan(123_450)).toBe("¥1,235");
  });

  it("writes what is less than a fen to its last digit", () => {
    expect([zh.cost(36), zh.cost(5400), zh.cost(0)]).toEqual(["¥0.000036", "¥0.0054", "¥0.00"]);
    expect([zh.cost(10_000), en.cost(1_234_567), zh.cost(null)]).toEqual(["¥0.01", "¥1.23", "—"]);
  });

  it("shows what is unknown as a dash, and zero as zero", () => {
    expect([zh.money(null), zh.count(undefined), zh.time(null), zh.day("nonsense")]).toEqual(["—", "—", "—", "—"]);
    expect(zh.count(0)).toBe("0");
  });

  it("keeps the shop's time wherever the reader is", () => {
    expect(zh.time("2026-03-01T16:30:00Z")).toBe("2026/03/02 00:30");
    expect(en.time("2026-03-01T16:30:00Z")).toBe("02 Mar 2026, 00:30");
    expect(zh.hour("2026-03-01T16:30:00Z")).toBe("00:30");
    expect(zh.day("2026-03-01")).toBe("2026年3月1日");
    expect(en.shortDay("2026-03-01")).toBe("1 Mar");
  });

  it("writes sizes and durations for people", () => {
    expect([zh.bytes(0), zh.bytes(999), zh.bytes(1_250_000), zh.bytes(3.4e9)]).toEqual(["0 B", "999 B", "1.3 MB", "3.4 GB"]);
    expect([en.duration(0.2), en.duration(59.4), en.duration(150)]).toEqual(["1 sec", "59 secs", "3 mins"]);
    expect(en.duration(3600 + 25 * 60)).toBe("1 hr 25 mins");
    expect(zh.duration(90)).toBe("2分钟");
    expect([zh.duration(0), en.duration(0)]).toEqual(["0秒", "0 secs"]);
  });
});
