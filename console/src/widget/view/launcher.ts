import type { Words } from "../words";
import { h, setText } from "./dom";
import { icon } from "./icons";

/** The round button in the page's corner. */
export class Launcher {
  private readonly count = h("span", { class: "count", "aria-hidden": "true", hidden: true });
  readonly element: HTMLButtonElement;

  constructor(
    private readonly words: Words,
    open: () => void,
  ) {
    const attributes = { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" };
    this.element = h("button", attributes, [icon("chat"), this.count], { click: open });
  }

  update(unread: number, isOpen: boolean): void {
    const shown = unread > 99 ? "99+" : String(unread);
    this.element.hidden = isOpen;
    this.element.setAttribute("aria-label", unread > 0 ? this.words.unread(shown) : this.words.open);
    this.element.setAttribute("aria-expanded", String(isOpen));
    this.count.hidden = unread === 0;
    setText(this.count, shown);
  }
}
