import type { Chat } from "../chat";
import { timeOf } from "../times";
import type { Words } from "../words";
import { h, iconButton, setText } from "./dom";
import { icon } from "./icons";
import { Menu, type MenuItem } from "./menu";

/** Whose chat it is, who answers at this moment, and the ways out. */
export class Header {
  private readonly seal = h("span", { class: "seal", "aria-hidden": "true" });
  private readonly name = h("h2", { class: "shop", id: "title" });
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly menu: Menu;
  readonly element: HTMLElement;

  constructor(
    private readonly words: Words,
    items: readonly MenuItem[],
    close: () => void,
  ) {
    this.menu = new Menu(words.menu, items);
    this.element = h("div", { class: "header" }, [
      this.seal,
      h("div", { class: "who" }, [this.name, this.status]),
      this.menu.element,
      iconButton(words.close, icon("close"), close),
    ]);
  }

  update(chat: Chat): void {
    const { shop, opens, closes } = chat.shop ?? { shop: "", opens: null, closes: null };
    setText(this.name, shop || this.words.chat(""));
    setText(this.seal, shop.slice(0, 1));
    this.seal.hidden = shop === "";
    this.menu.element.hidden = chat.refusal !== null || chat.token === null;
    const state = chat.state?.state ?? "new";
    // When a person is there, or on the way, it is of no use.
    const isAlone = state === "new" || state === "ai";
    const hours = isAlone && opens && closes ? this.words.hours(opens, closes) : null;
    const said = this.promised(chat) ?? (state === "person" ? this.person(chat) : this.words.states[state]);
    const known = chat.refusal === null && chat.shop !== null;
    setText(this.status, known ? [said, hours].filter(Boolean).join(" · ") : "");
    this.status.dataset["state"] = state;
  }

  private promised({ state, settings }: Chat): string | null {
    if (!state?.promised_at) return null;
    const { words } = this;
    return words.promised(timeOf(Date.parse(state.promised_at), Date.now(), settings.language, words));
  }

  private person(chat: Chat): string {
    const last = [...chat.messages.values()].findLast(({ author, name }) => author === "person" && name);
    return last?.name ? this.words.person(last.name) : this.words.states.person;
  }
}
