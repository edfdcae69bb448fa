import { describe, expect, it } from "vitest";
import { fileOf } from "./exporting";

const NIGHT = new Date("2026-06-01T17:00:00Z");

describe("a list's file", () => {
  it("is asked for with what narrows the list, and nothing that does not", () => {
    const { address } = fileOf("a b", "orders", "xlsx", { q: "&=碗", status: "", since: undefined, starters: true }, NIGHT);
    const { pathname, searchParams } = new URL(address, "http://x");
    expect(pathname).toBe("/api/shops/a%20b/exports/orders");
    expect(Object.fromEntries(searchParams)).toEqual({ q: "&=碗", starters: "true", format: "xlsx" });
  });

  it("is called by its table and the shop's day", () => {
    expect(fileOf("s", "goods", "xlsx", {}, NIGHT).name).toBe("goods-2026-06-02.xlsx");
  });

  it("says its encoding where that is not the usual one", () => {
    const { address, name } = fileOf("s", "goods", "gbk", {}, NIGHT);
    expect(address).toBe("/api/shops/s/exports/goods?format=csv&encoding=gbk");
    expect(name).toBe("goods-2026-06-02.csv");
    expect(fileOf("s", "goods", "csv", {}, NIGHT).address).not.toContain("encoding");
  });
});
