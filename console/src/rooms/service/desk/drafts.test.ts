import { expect, test } from "vitest";
import { arrived, draftOf, putIn, write } from "./drafts";

test("what is written stays with its conversation", () => {
  write("one", { reply: "您好" });
  write("two", { mode: "note", note: "看下订单" });
  expect(draftOf("one")).toMatchObject({ mode: "reply", reply: "您好" });
  expect(draftOf("two")).toMatchObject({ mode: "note", note: "看下订单" });
});

test("the same words are sent under the same id, and others under another", () => {
  write("three", { reply: "在的" });
  const { clientId } = draftOf("three");
  write("three", { mode: "note" });
  expect(draftOf("three").clientId).toBe(clientId);
  write("three", { reply: "在的，请说" });
  expect(draftOf("three").clientId).not.toBe(clientId);
});

test("a reply that has arrived is gone, but not what was written since", () => {
  write("four", { reply: "好的" });
  const { clientId } = draftOf("four");
  arrived("four", clientId);
  expect(draftOf("four").reply).toBe("");
  write("four", { reply: "还有吗" });
  arrived("four", clientId);
  expect(draftOf("four").reply).toBe("还有吗");
});

test("a draft is put behind what is written, once", () => {
  putIn("five", "满99元包邮。");
  expect(draftOf("five")).toMatchObject({ mode: "reply", reply: "满99元包邮。" });
  write("five", { reply: "您好，\n", mode: "note" });
  putIn("five", "满99元包邮。");
  putIn("five", "满99元包邮。");
  expect(draftOf("five")).toMatchObject({ mode: "reply", reply: "您好，\n满99元包邮。" });
});

test("the same note is kept under the same id", () => {
  write("six", { note: "看下订单" });
  const { noteId } = draftOf("six");
  write("six", { mode: "reply", reply: "好" });
  expect(draftOf("six").noteId).toBe(noteId);
  write("six", { note: "看下订单，急" });
  expect(draftOf("six").noteId).not.toBe(noteId);
});
