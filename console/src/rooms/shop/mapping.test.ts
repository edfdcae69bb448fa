import { describe, expect, it } from "vitest";
import { assign, corrections, missing, unread, type Field } from "./mapping";

const FIELDS: Field[] = [
  { field: "order_id", label: "订单编号", required: true },
  { field: "paid", label: "实付", required: false },
  { field: "buyer", label: "买家", required: false },
];
const PROPOSED = { 单号: null, 实付款: "paid", 会员: "buyer" };

describe("a mapping that is corrected", () => {
  it("misses a required field until a column gives it", () => {
    expect(missing(FIELDS, PROPOSED).map(({ field }) => field)).toEqual(["order_id"]);
    expect(missing(FIELDS, assign(PROPOSED, "单号", "order_id"))).toEqual([]);
  });

  it("reads no field from two columns: the older gives it up", () => {
    expect(assign(PROPOSED, "单号", "buyer")).toEqual({ 单号: "buyer", 实付款: "paid", 会员: null });
  });

  it("lets any number of columns go unread", () => {
    const mapping = assign(assign(PROPOSED, "会员", null), "实付款", null);
    expect(unread(mapping)).toBe(3);
  });

  it("sends only what differs from the proposal", () => {
    const swapped = assign(PROPOSED, "单号", "buyer");
    expect(corrections(PROPOSED, swapped)).toEqual({ 单号: "buyer", 会员: null });
    expect(corrections(PROPOSED, assign(assign(swapped, "会员", "buyer"), "单号", null))).toEqual({});
  });

  it("is a new one each time, so that the proposal can be restored", () => {
    assign(PROPOSED, "单号", "order_id");
    expect(PROPOSED.单号).toBeNull();
  });
});
