import type { Message } from "../contract";
import type { Entry } from "../entries";
import type { Unsent } from "../queue";
import { timeOf } from "../times";
import type { Language } from "../words";
import { cardView, type CardContext } from "./card";
import type { Pictures } from "../pictures";
import { h, unseen } from "./dom";
import { pictureView } from "./picture";
import { textOf } from "./text";

export interface MessageContext extends CardContext {
  language: Language;
  pictures: Pictures;
  enlarge(url: string): void;
  retry(item: Unsent): void;
  discard(item: Unsent): void;
}

type MessageEntry = Extract<Entry, { kind: "message" }>;

/** What of an entry makes its view another one; how far its sending has come does not. */
export function contentOf({ message, isFirst }: MessageEntry): string {
  const { author, name, text, images, cards } = message;
  return JSON.stringify([author, name, text, images, cards, isFirst]);
}

/** One message. `fate` is what becomes of one that is not sent yet. */
export class MessageView {
  private readonly fate = h("div", { class: "fate" });
  private said = "";
  private unsent: Unsent | null = null;
  private isRefused = false;
  readonly element: HTMLElement;

  constructor(
    { message, isFirst }: MessageEntry,
    private readonly context: MessageContext,
  ) {
    const { words, language } = context;
    const who = whoOf(message, context);
    const when = timeOf(Date.parse(message.at), Date.now(), language, words);
    const isTheirs = message.author === "ai" || message.author === "person";
    this.element = h("div", { class: `message ${message.author}${isFirst ? " first" : ""}`, title: when }, [
      isFirst && isTheirs && h("p", { class: "author", "aria-hidden": "true" }, [who]),
      unseen(words.says(who, when)),
      ...bodyOf(message, who, context),
      this.fate,
    ]);
  }

  /** `isHeld`: nothing gets through at the moment. */
  update(unsent: Unsent | null, isHeld: boolean): void {
    const { words } = this.context;
    const said = unsent === null ? "" : (unsent.problem ?? (isHeld ? words.waits : words.sending));
    const isRefused = unsent !== null && unsent.problem !== null;
    this.element.classList.toggle("unsent", unsent !== null);
    this.element.classList.toggle("refused", isRefused);
    this.unsent = unsent;
    // What stands there already stays: a button that was made anew would lose the focus.
    if (said === this.said && isRefused === this.isRefused) return;
    this.said = said;
    this.isRefused = isRefused;
    this.fate.replaceChildren(
      ...(isRefused
        ? [
            h("span", {}, [[words.notSent, said].filter(Boolean).join(" · ")]),
            this.button(words.again, this.context.retry),
            this.button(words.discard, this.context.discard),
          ]
        : [said]),
    );
  }

  private button(label: string, act: (item: Unsent) => void): HTMLElement {
    return h("button", { type: "button" }, [label], { click: () => this.unsent && act(this.unsent) });
  }
}

function whoOf({ author, name }: Message, { words }: MessageContext): string {
  return author === "person" && name ? words.person(name) : words.authors[author];
}

function bodyOf(message: Message, who: string, context: MessageContext): HTMLElement[] {
  const { words, pictures, enlarge } = context;
  if (message.text === null) return [h("div", { class: "bubble removed" }, [words.removed])];
  return [
    ...(message.text === "" ? [] : [h("div", { class: "bubble" }, textOf(message.text, words))]),
    ...message.images.map((each) => pictureView(each, who, words, pictures, enlarge)),
    ...(message.cards.length === 0
      ? []
      : [h("div", { class: "cards" }, message.cards.map((card) => cardView(card, context)))]),
  ];
}
