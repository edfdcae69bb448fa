import { beforeEach, describe, expect, it, vi } from "vitest";
import { Pictures } from "../pictures";
import { words } from "../words";
import { Written } from "../written";
import { Composer } from "./composer";

function composer() {
  const to = { say: vi.fn<(text: string) => void>(), show: vi.fn<() => void>(), typing: vi.fn<() => void>() };
  const pictures = new Pictures(() => Promise.reject(new Error("none")));
  const made = new Composer(words("zh"), pictures, new Written("k"), to);
  const { element } = made;
  const field = element.querySelector("textarea") as HTMLTextAreaElement;
  const press = (more: KeyboardEventInit) =>
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true, ...more }));
  const write = (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };
  return { ...to, made, field, press, write };
}

describe("the field one writes in", () => {
  beforeEach(() => sessionStorage.clear());

  it("goes on on the next page with what was half written, until it is said", () => {
    composer().write("这个碗能");
    const next = composer();
    next.made.recall();
    expect(next.field.value).toBe("这个碗能");
    next.press({});
    expect(next.say).toHaveBeenCalledWith("这个碗能");
    const after = composer();
    after.made.recall();
    expect(after.field.value).toBe("");
  });

  it("sends with Enter, and is empty then", () => {
    const { say, field, press } = composer();
    field.value = " 在吗\n第二行 ";
    press({});
    expect(say).toHaveBeenCalledWith("在吗\n第二行");
    expect(field.value).toBe("");
  });

  it.each([{ shiftKey: true }, { isComposing: true }, { keyCode: 229 }])("does not send with %o", (more) => {
    const { say, field, press } = composer();
    field.value = "在吗";
    press(more);
    expect(say).not.toHaveBeenCalled();
    expect(field.value).toBe("在吗");
  });

  it("sends nothing where there is nothing", () => {
    const { say, field, press } = composer();
    field.value = "  \n ";
    press({});
    expect(say).not.toHaveBeenCalled();
  });
});
