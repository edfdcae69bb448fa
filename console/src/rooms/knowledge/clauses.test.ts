import { describe, expect, it } from "vitest";
import { added, keyed, moved, removed, split, written } from "./clauses";

const three = keyed([{ text: "甲" }, { text: "乙" }, { text: "丙" }]);
const texts = (clauses: { text: string }[]) => clauses.map(({ text }) => text).join("");
const keys = (clauses: { key: number }[]) => new Set(clauses.map(({ key }) => key)).size;

describe("clauses", () => {
  it("move by one and stay within the list", () => {
    expect(texts(moved(three, 1, -1))).toBe("乙甲丙");
    expect(texts(moved(three, 1, 1))).toBe("甲丙乙");
    expect(texts(moved(three, 0, -1))).toBe("甲乙丙");
    expect(texts(moved(three, 2, 1))).toBe("甲乙丙");
  });

  it("are added where one is, and removed", () => {
    const [more, key] = added(keyed([{ heading: "保修", text: "甲" }, { text: "乙" }]), 0);
    expect(more.map(({ heading, text }) => [heading, text])).toEqual([["保修", "甲"], ["保修", ""], ["", "乙"]]);
    expect(texts(removed(more, key))).toBe("甲乙");
    expect(added([], null)[0]).toHaveLength(1);
    expect(keys(added(removed(three, 0), null)[0])).toBe(3);
  });

  it("are split at the caret, else after the first sentence, else not at all", () => {
    const one = keyed([{ heading: "退货", text: "七天内可退。运费您出。" }]);
    expect(split(one, 0, 3).map(({ text }) => text)).toEqual(["七天内", "可退。运费您出。"]);
    for (const caret of [0, 11]) {
      expect(split(one, 0, caret).map(({ text }) => text)).toEqual(["七天内可退。", "运费您出。"]);
    }
    expect(split(one, 0, 3).map(({ heading }) => heading)).toEqual(["退货", "退货"]);
    expect(keys(split(three, 1, 0))).toBe(3);
    expect(keys(split(keyed([{ text: "甲乙" }, { text: "丙" }]), 0, 1))).toBe(3);
    expect(texts(split(three, 1, 0))).toBe("甲乙丙");
  });

  it("that say nothing are not kept", () => {
    expect(texts(written(keyed([{ text: " 甲 " }, { text: "\n" }])))).toBe("甲");
  });
});
