import { describe, expect, it, vi } from "vitest";
import { Pictures } from "../pictures";
import { words } from "../words";
import { Composer } from "./composer";

function composer() {
  const to = { say: vi.fn<(text: string) => void>(), show: vi.fn<() => void>(), typing: vi.fn<() => void>() };
  const { element } = new Composer(words("zh"), new Pictures(() => Promise.reject(new Error("none"))), to);
  const field = element.querySelector("textarea") as HTMLTextAreaElement;
  const press = (more: KeyboardEventInit) =>
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true, ...more }));
  return { ...to, field, press };
}

describe("the field one writes in", () => {
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
