import { h, iconButton } from "./dom";
import { icon } from "./icons";

export interface MenuItem {
  label: string;
  face: "star" | "person";
  act(): void;
}

/** A button that opens a short list of things to do; arrows move in it, Esc closes it. */
export class Menu {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly list: HTMLElement;

  constructor(label: string, items: readonly MenuItem[]) {
    const choose = (item: MenuItem) => () => {
      this.close();
      item.act();
    };
    const lines = items.map((item) =>
      h("button", { type: "button", role: "menuitem", tabindex: "-1" }, [icon(item.face), item.label], {
        click: choose(item),
      }),
    );
    this.list = h("div", { class: "menu", role: "menu", "aria-label": label, hidden: true }, lines);
    const more = { "aria-haspopup": "menu", "aria-expanded": "false" };
    this.button = iconButton(label, icon("more"), () => (this.list.hidden ? this.open() : this.close()), more);
    this.element = h("div", { class: "menu-place" }, [this.button, this.list]);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.element.contains(relatedTarget as Node | null)) this.shut();
    });
  }

  private open(): void {
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.lines[0]?.focus();
  }

  private close(): void {
    this.shut();
    this.button.focus();
  }

  private shut(): void {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  private get lines(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.lines.indexOf(event.target as HTMLElement);
    this.lines.at((at + step) % this.lines.length)?.focus();
  }
}
