import { beforeEach, describe, expect, it } from "vitest";
import { forgetLeft, inAddress, leftIn, toTakeOver, viewOf, type Left, type View } from "./views";

const view = (name: string, shows: View["shows"] = {}, is_shared = false): View => ({
  id: name,
  name,
  shows,
  is_shared,
  is_default: false,
});

describe("views of a list", () => {
  beforeEach(() => localStorage.clear());

  it("are recognised by what they show, in whatever order", () => {
    const views = [view("a", { status: "paid", q: "碗" })];
    expect(viewOf(views, { q: "碗", status: "paid" })?.name).toBe("a");
    expect(viewOf(views, { q: "碗" })).toBeUndefined();
    expect(inAddress(view("b", { status: ["paid", "shipped"] }))).toEqual({ status: "paid,shipped" });
  });

  it("are taken over from the browser once, and called apart", () => {
    const kept = [view("待发", { status: "paid" }), view("大单", { q: "套装" }, true)];
    const left: Left[] = [
      { name: "待发", shows: { status: "closed" } },
      { name: "又一个", shows: { status: "paid" } },
      { name: "大单", shows: { q: "大" } },
      { name: "待发", shows: { q: "碗" } },
    ];
    expect(toTakeOver(left, kept)).toEqual([
      { name: "待发 (2)", shows: { status: "closed" } },
      { name: "大单", shows: { q: "大" } },
      { name: "待发 (3)", shows: { q: "碗" } },
    ]);
    const long = "长".repeat(30);
    expect(toTakeOver([{ name: long, shows: { q: "1" } }], [view(long)])[0]?.name).toHaveLength(29);
  });

  it("are left apart by place, and what is spoilt counts as none", () => {
    localStorage.setItem("zhanggui.views.u.s.orders", '[{"name":"a","shows":{"q":"1"}}]');
    expect(leftIn("u.s.orders")).toEqual([{ name: "a", shows: { q: "1" } }]);
    expect(leftIn("u.s.goods")).toEqual([]);
    forgetLeft("u.s.orders");
    expect(leftIn("u.s.orders")).toEqual([]);
    localStorage.setItem("zhanggui.views.u.s.goods", '[{"name":"a"},{"name":"b","shows":{"q":1}},3]');
    expect(leftIn("u.s.goods")).toEqual([]);
  });
});
