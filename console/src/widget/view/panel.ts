import type { Chat } from "../chat";
import type { About, Card } from "../contract";
import type { Unsent } from "../queue";
import { words as wordsOf, type Words } from "../words";
import { Banner } from "./banner";
import { Composer } from "./composer";
import { h } from "./dom";
import { Enlarged } from "./enlarged";
import { trapTab } from "./focus";
import { Header } from "./header";
import { Log } from "./log";
import { QuickReplies } from "./quick";
import { Rating } from "./rating";
import { refusalView } from "./refusal";
import { Viewport } from "./viewport";

function aboutOf({ kind, id }: Card): About {
  return kind === "product" ? { product_id: id } : { order_id: id };
}

/** The open chat: header, messages, and where one writes. */
export class Panel {
  private readonly words: Words;
  private readonly header: Header;
  private readonly banner: Banner;
  private readonly log: Log;
  private readonly quick: QuickReplies;
  private readonly rating: Rating;
  private readonly composer: Composer;
  private readonly enlarged: Enlarged;
  private readonly viewport: Viewport;
  private readonly body: HTMLElement;
  readonly element: HTMLElement;

  constructor(
    private readonly chat: Chat,
    private readonly close: () => void,
  ) {
    const words = wordsOf(chat.settings.language);
    this.words = words;
    this.header = new Header(words, this.menu(), close);
    this.banner = new Banner(words);
    this.quick = new QuickReplies(words, (text) => chat.say(text));
    this.rating = new Rating(words, (stars, said) => chat.rate(stars, said), () => this.composer.focus());
    this.enlarged = new Enlarged(words, (isOn) => (this.body.inert = isOn));
    this.log = new Log(this.context(), [this.quick.element, this.rating.element]);
    this.composer = new Composer(words, chat.pictures, chat.written, {
      say: (text) => chat.say(text),
      show: (image) => chat.show(image),
      typing: () => chat.typing(),
    });
    const parts = [this.header.element, this.banner.element, this.log.element, this.composer.element];
    this.body = h("div", { class: "body", "data-drop": words.dropPicture }, parts);
    const attributes = { class: "panel", role: "dialog", "aria-labelledby": "title", tabindex: "-1", hidden: true };
    this.element = h("div", attributes, [this.body, this.enlarged.element]);
    this.viewport = new Viewport(this.element);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.takeDrops();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(takesFocus: boolean): void {
    this.element.hidden = false;
    this.viewport.start();
    this.update();
    this.log.toEnd();
    this.composer.recall();
    if (!takesFocus) return;
    // On a phone the keyboard would cover the half of what there is to read.
    if (this.viewport.isFull || this.chat.refusal !== null) this.element.focus({ preventScroll: true });
    else this.composer.focus();
  }

  shut(): void {
    this.element.hidden = true;
    this.viewport.stop();
    this.banner.stop();
  }

  update(): void {
    const { chat } = this;
    for (const part of [this.header, this.banner, this.quick, this.rating, this.log]) part.update(chat);
    if (chat.refusal !== null && this.composer.element.isConnected) {
      this.composer.element.remove();
      this.log.element.replaceWith(refusalView(chat.refusal, this.words));
    }
  }

  private menu() {
    const { chat, words } = this;
    const rate = () => {
      this.rating.ask();
      this.update();
      this.log.toEnd();
      this.rating.focus();
    };
    return [
      { label: words.askPerson, face: "person", act: () => chat.say(words.askPerson) },
      { label: words.rate, face: "star", act: rate },
    ] as const;
  }

  private context() {
    const { chat, words } = this;
    // The button that was pressed is gone then, and the focus with it.
    const decided = (item: Unsent, act: (item: Unsent) => void) => {
      act.call(chat, item);
      this.log.focus();
    };
    return {
      words,
      server: chat.settings.server,
      language: chat.settings.language,
      pictures: chat.pictures,
      say: (text: string, card: Card) => chat.say(text, aboutOf(card)),
      enlarge: (url: string) => this.enlarged.open(url),
      retry: (item: Unsent) => decided(item, chat.retry),
      discard: (item: Unsent) => decided(item, chat.discard),
    };
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      if (this.enlarged.isOpen) this.enlarged.close();
      else this.close();
    }
    if (event.key === "Tab" && (this.viewport.isFull || this.enlarged.isOpen)) trapTab(this.element, event);
  }

  private takeDrops(): void {
    const mark = (isOver: boolean) => this.body.classList.toggle("dropping", isOver);
    // A file that is taken by nobody opens in place of the page, whatever it is.
    this.element.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (this.chat.refusal === null) mark(true);
      else event.dataTransfer.dropEffect = "none";
    });
    this.element.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!this.element.contains(relatedTarget as Node | null)) mark(false);
    });
    this.element.addEventListener("drop", (event) => {
      mark(false);
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (this.chat.refusal === null) this.composer.add([...event.dataTransfer.files]);
    });
  }
}
