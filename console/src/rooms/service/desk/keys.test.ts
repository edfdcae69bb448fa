import { afterEach, expect, test } from "vitest";
import { focusList, focusWriting, stepInList } from "./focusing";
import { wished } from "./keys";

afterEach(() => document.body.replaceChildren());

/** What a key asks for that is pressed in an element of this page. */
function pressed(page: string, where: string, init: KeyboardEventInit): string | undefined {
  document.body.innerHTML = page;
  let wish: string | undefined;
  const listen = (event: KeyboardEvent) => {
    wish = wished(event);
  };
  document.addEventListener("keydown", listen);
  document.querySelector(where)?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...init }));
  document.removeEventListener("keydown", listen);
  return wish;
}

test("a key asks for something wherever nobody writes", () => {
  expect(pressed("<a href='#'>x</a>", "a", { key: "r" })).toBe("reply");
  expect(pressed("<a href='#'>x</a>", "a", { key: "J" })).toBe("next");
  expect(pressed("<a href='#'>x</a>", "a", { key: "x" })).toBeUndefined();
  expect(pressed("<a href='#'>x</a>", "a", { key: "r", ctrlKey: true })).toBeUndefined();
});

test("what is written, and what is asked in a dialog, is left alone", () => {
  expect(pressed("<textarea></textarea>", "textarea", { key: "r" })).toBeUndefined();
  expect(pressed("<div role=dialog><a href='#'>x</a></div>", "a", { key: "r" })).toBeUndefined();
});

const LIST = `
  <a href="#1" data-conversation>1</a><a href="#2" data-conversation>2</a><a href="#3" data-conversation>3</a>
  <form data-writing><textarea>ab</textarea></form>`;

function at(): string {
  return document.activeElement?.textContent ?? "";
}

test("the list is walked from what is open, and not beyond its ends", () => {
  document.body.innerHTML = LIST;
  stepInList(1);
  expect(at()).toBe("1");
  document.querySelectorAll<HTMLElement>("[data-conversation]")[1]?.setAttribute("aria-current", "true");
  focusList();
  expect(at()).toBe("2");
  (document.activeElement as HTMLElement).blur();
  stepInList(1);
  stepInList(1);
  expect(at()).toBe("3");
});

test("one writes behind what is written", () => {
  document.body.innerHTML = LIST;
  expect(focusWriting()).toBe(true);
  expect((document.activeElement as HTMLTextAreaElement).selectionStart).toBe(2);
  document.body.replaceChildren();
  expect(focusWriting()).toBe(false);
});
