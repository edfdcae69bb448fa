import { ZhangguiChat } from "./element";
import { ATTRIBUTES, serverOf } from "./settings";

const NAME = "zhanggui-chat";

/** Defines the element, and puts one with the tag's own attributes on a page that has none. */
function begin(script: HTMLScriptElement | SVGScriptElement | null): void {
  // Two tags on a page are one chat.
  if (customElements.get(NAME)) return;
  ZhangguiChat.server = script instanceof HTMLScriptElement && script.src ? serverOf(script.src) : null;
  customElements.define(NAME, ZhangguiChat);
  if (!(script instanceof HTMLScriptElement) || !script.dataset["key"]) return;
  const add = () => {
    if (document.querySelector(NAME)) return;
    const element = document.createElement(NAME);
    for (const name of ATTRIBUTES) {
      const value = script.getAttribute(name);
      if (value !== null) element.setAttribute(name, value);
    }
    document.body.append(element);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", add, { once: true });
  else add();
}

begin(document.currentScript);
