import { expect, test } from "vitest";
import { copied, joined, questionOf, shopperOf, turnsOf } from "./talk";

const SHOP = "檐下碗铺";
const TALK = [
  { nick: "tb_01", text: "在吗" },
  { nick: "檐下碗铺:小王", text: "在的" },
  { nick: "tb_01", text: "能进微波炉吗\n大的那个" },
];

test.each([
  "tb_01 2026-06-01 10:00:00\n在吗\n檐下碗铺:小王 2026-06-01 10:00:09\n在的\n\ntb_01 2026-06-01 10:01:00\n能进微波炉吗\n大的那个",
  "tb_01(10:00:00): 在吗\n檐下碗铺:小王(10:00:09): 在的\ntb_01(10:01:00): 能进微波炉吗\n大的那个",
  "tb_01 （2026/6/1 10:00:00）：\n在吗\n檐下碗铺:小王 （2026/6/1 10:00:09）：\n在的\ntb_01 （2026/6/1 10:01:00）：\n能进微波炉吗\n大的那个",
  "2026-06-01 10:00:00 tb_01\r\n在吗\r\n2026-06-01 10:00:09 檐下碗铺:小王\r\n在的\r\n2026-06-01 10:01:00 tb_01\r\n能进微波炉吗\r\n大的那个",
])("who said what is read from a chat that was copied: %j", (text) => {
  expect(copied(text)).toEqual(TALK);
});

test("a message of which nothing could be copied changes no other", () => {
  const said = [{ nick: "tb_01", text: "在吗" }, { nick: "tb_02", text: "在" }];
  expect(copied("tb_01(10:00:00): 在吗\ntb_01(10:00:05):\ntb_02(10:00:09): 在")).toEqual(said);
});

test("names without times are read where every line has one", () => {
  const said = [
    { nick: "tb_01", text: "在吗" },
    { nick: SHOP, text: "在的" },
  ];
  expect(copied("tb_01：在吗\n檐下碗铺：在的")).toEqual(said);
});

test("a sentence is no head, whatever times and colons it has", () => {
  for (const text of ["明天 10:00 能发货吗", "地址：杭州市西湖区", "比例是1：2吗", "10:30前能到吗\n急"]) {
    expect(copied(text)).toEqual([{ nick: "", text }]);
  }
  expect(copied(" \n")).toEqual([]);
});

test("the shopper is who is not the shop", () => {
  expect(shopperOf(TALK, SHOP)).toBe("tb_01");
  expect(shopperOf(TALK.slice(0, 2), SHOP)).toBe("tb_01");
  expect(shopperOf([{ nick: "", text: "在吗" }], SHOP)).toBe("");
});

test("what is copied again is there once", () => {
  const turns = turnsOf(TALK, "tb_01");
  expect(joined(turns.slice(0, 2), turns)).toEqual(turns);
  expect(joined(turns.slice(0, 2), turns.slice(1))).toEqual(turns);
  expect(joined(turns.slice(0, 1), turns.slice(2))).toEqual([turns[0], turns[2]]);
});

test("the question is all that was written since the shop answered", () => {
  const turns = turnsOf([...TALK, { nick: "tb_01", text: "急" }], "tb_01");
  expect(questionOf(turns)).toEqual({ text: "能进微波炉吗\n大的那个\n急", before: turns.slice(0, 2) });
  expect(questionOf(turns.slice(0, 2))).toEqual({ text: "在吗", before: [] });
  expect(questionOf([{ role: "shop", text: "在的" }])).toBeUndefined();
});
