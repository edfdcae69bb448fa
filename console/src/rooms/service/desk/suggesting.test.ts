import { expect, test } from "vitest";
import { named, taken, wanted } from "./suggesting";

test("a slash at the beginning of a reply looks for a phrase", () => {
  expect(wanted("reply", "/发 ")).toEqual({ what: "phrase", q: "发", from: 0 });
  expect(wanted("reply", "1/2")).toBeUndefined();
  expect(wanted("reply", `/${"长".repeat(40)}`)).toBeUndefined();
});

test("an at sign in a note looks for a colleague", () => {
  expect(wanted("note", "请 @小")).toEqual({ what: "person", q: "小", from: 2 });
  expect(wanted("note", "@小李 看下")).toBeUndefined();
  expect(wanted("reply", "@小")).toBeUndefined();
});

test("a note is for those it names", () => {
  const people = [{ name: "小李" }, { name: "小王" }, { name: "" }];
  expect(named(people, "@小李 看下")).toEqual([{ name: "小李" }]);
});

test("what is chosen takes the place of what was typed to find it, and of nothing else", () => {
  const phrase = { title: "包邮", text: "满99元包邮。" };
  expect(taken("/包 稍等哈", 2, { what: "phrase", from: 0 }, phrase)).toEqual({ text: "满99元包邮。 稍等哈", caret: 7 });
  const person = { title: "小李", text: "" };
  expect(taken("请 @小 看下", 4, { what: "person", from: 2 }, person)).toEqual({ text: "请 @小李  看下", caret: 6 });
});
