import type { Chat } from "../chat";
import { entriesOf, type Entry } from "../entries";
import { timeOf } from "../times";
import { h } from "./dom";
import { icon } from "./icons";
import { contentOf, MessageView, type MessageContext } from "./message";

/** So near to the end the log follows what is new. */
const NEAR = 90;

interface Shown {
  element: HTMLElement;
  content: string;
  view: MessageView | null;
}

/** The messages, with their times; it follows what is new unless the shopper reads further up. */
export class Log {
  private readonly greeting = h("div", { class: "message ai first greeting", hidden: true });
  private readonly log: HTMLElement;
  private readonly skeleton: HTMLElement;
  private readonly typing: HTMLElement;
  private readonly newer: HTMLElement;
  private readonly scroll: HTMLElement;
  private readonly shown = new Map<string, Shown>();
  private last = "";
  private follows = true;
  private top = 0;
  readonly element: HTMLElement;

  /** `after` stands behind the last message and scrolls with it. */
  constructor(
    private readonly context: MessageContext,
    after: readonly HTMLElement[],
  ) {
    const { words } = context;
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": words.messages });
    this.skeleton = h("div", { class: "skeleton", role: "status" }, [
      h("span", { class: "unseen" }, [words.loading]),
      ...["theirs", "ours", "theirs long"].map((each) => h("i", { class: each, "aria-hidden": "true" })),
    ]);
    this.typing = h("div", { class: "typing", hidden: true }, [
      h("span", { class: "dots", "aria-hidden": "true" }, [h("i"), h("i"), h("i")]),
      h("span", {}, [words.typing]),
    ]);
    const parts = [this.greeting, this.skeleton, this.log, this.typing, ...after];
    this.scroll = h("div", { class: "scroll", tabindex: "0", "aria-label": words.messages, role: "region" }, parts, {
      scroll: () => this.onScroll(),
    });
    const toEnd = () => this.toEnd();
    this.newer = h("button", { type: "button", class: "newer", hidden: true }, [words.newer, icon("down")], { click: toEnd });
    this.element = h("div", { class: "talk" }, [this.scroll, this.newer]);
    // Pictures and cards take their room later than their message.
    new ResizeObserver(() => this.follow()).observe(this.log);
    new ResizeObserver(() => this.follow()).observe(this.scroll);
  }

  update(chat: Chat): void {
    const entries = entriesOf(chat.messages.values(), chat.unsent);
    this.greet(chat, entries);
    this.skeleton.hidden = !chat.isLoading || entries.length > 0;
    // What is read anew is not told anew.
    this.log.setAttribute("aria-busy", String(chat.isLoading));
    this.place(entries, chat.isCutOff);
    const { is_thinking: thinks, is_typing: types } = chat.state ?? { is_thinking: false, is_typing: false };
    this.typing.hidden = !(thinks || types);
    this.notice(entries.at(-1));
    this.follow();
  }

  /** To the last message, and along with what comes. */
  toEnd(): void {
    this.follows = true;
    this.follow();
  }

  focus(): void {
    this.scroll.focus({ preventScroll: true });
  }

  private greet(chat: Chat, entries: readonly Entry[]): void {
    const said = chat.shop === null ? "" : (chat.shop.greeting ?? this.context.words.greeting);
    this.greeting.hidden = said === "" || chat.refusal !== null || (chat.isLoading && entries.length === 0);
    if (this.greeting.textContent === said) return;
    this.greeting.replaceChildren(h("div", { class: "bubble" }, [said]));
  }

  private place(entries: readonly Entry[], isHeld: boolean): void {
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, { element }] of this.shown) {
      if (keys.has(key)) continue;
      element.remove();
      this.shown.delete(key);
    }
    let before: Element | null = null;
    for (const entry of entries) {
      const { element, view } = this.shownFor(entry);
      if (entry.kind === "message") view?.update(entry.unsent, isHeld);
      const next: Element | null = before === null ? this.log.firstElementChild : before.nextElementSibling;
      if (next !== element) this.log.insertBefore(element, next);
      before = element;
    }
  }

  private shownFor(entry: Entry): Shown {
    const content = entry.kind === "time" ? String(entry.at) : contentOf(entry);
    const known = this.shown.get(entry.key);
    if (known?.content === content) return known;
    known?.element.remove();
    const made = this.make(entry, content);
    this.shown.set(entry.key, made);
    return made;
  }

  private make(entry: Entry, content: string): Shown {
    if (entry.kind === "message") {
      const view = new MessageView(entry, this.context);
      return { element: view.element, content, view };
    }
    const { words, language } = this.context;
    const element = h("p", { class: "time" }, [timeOf(entry.at, Date.now(), language, words)]);
    return { element, content, view: null };
  }

  private notice(newest: Entry | undefined): void {
    if (!newest || newest.key === this.last) return;
    this.last = newest.key;
    if (newest.kind === "message" && newest.message.author === "shopper") this.follows = true;
    else if (!this.follows) this.newer.hidden = false;
  }

  private onScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
    // Only who scrolls up reads on there: what comes may push the end away by itself.
    if (isNear || scrollTop < this.top) this.follows = isNear;
    this.top = scrollTop;
    if (this.follows) this.newer.hidden = true;
  }

  private follow(): void {
    if (!this.follows) return;
    this.newer.hidden = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }
}
