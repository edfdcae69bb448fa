import type { Chat } from "../chat";
import type { Words } from "../words";
import { h } from "./dom";

/** What many ask, to be asked with one touch as long as nothing has been said. */
export class QuickReplies {
  private shown = "";
  readonly element: HTMLElement;

  constructor(
    words: Words,
    private readonly say: (text: string) => void,
  ) {
    this.element = h("div", { class: "quick", role: "group", "aria-label": words.quickReplies, hidden: true });
  }

  update(chat: Chat): void {
    const replies = chat.shop?.quick_replies ?? [];
    const isFresh = chat.token === null && chat.unsent.length === 0 && chat.refusal === null;
    this.element.hidden = replies.length === 0 || !isFresh;
    const shown = JSON.stringify(replies);
    if (shown === this.shown) return;
    this.shown = shown;
    this.element.replaceChildren(
      ...replies.map((text) =>
        h("button", { type: "button", class: "pill" }, [text], { click: () => this.say(text) }),
      ),
    );
  }
}
