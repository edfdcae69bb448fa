import { beforeEach, describe, expect, it } from "vitest";
import { nameOf, readViews, withView, writeViews, type View } from "./views";

const view = (name: string, shows: Record<string, string> = {}): View => ({ name, shows });

describe("views of a list", () => {
  beforeEach(() => localStorage.clear());

  it("are named once: the same name is replaced where it stands", () => {
    const views = [view("待发", { status: "paid" }), view("大单")];
    expect(withView(views, view("待发", { q: "碗" }))).toEqual([view("待发", { q: "碗" }), view("大单")]);
    expect(withView(views, view("新")).map(({ name }) => name)).toEqual(["待发", "大单", "新"]);
  });

  it("are no more than twenty, the oldest going first", () => {
    let views: View[] = [];
    for (let n = 0; n < 25; n += 1) views = withView(views, view(`v${n}`));
    expect([views.length, views[0]?.name, views.at(-1)?.name]).toEqual([20, "v5", "v24"]);
  });

  it("are recognised by what they show, in whatever order", () => {
    const views = [view("a", { status: "paid", q: "碗" })];
    expect(nameOf(views, { q: "碗", status: "paid" })).toBe("a");
    expect(nameOf(views, { q: "碗" })).toBeUndefined();
  });

  it("are kept apart by place, and what is spoilt counts as none", () => {
    expect(writeViews("u.s.orders", [view("a", { q: "1" })])).toBe(true);
    expect(readViews("u.s.orders")).toEqual([view("a", { q: "1" })]);
    expect(readViews("u.s.goods")).toEqual([]);
    localStorage.setItem("zhanggui.views.u.s.goods", '[{"name":"a"},{"name":"b","shows":{"q":1}},3]');
    expect(readViews("u.s.goods")).toEqual([]);
  });
});
