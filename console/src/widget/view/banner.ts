import type { Chat } from "../chat";
import type { Words } from "../words";
import { h, setText } from "./dom";

/** A connection that is back sooner than this is not worth a word. */
const PATIENCE_MS = 1_500;

/** Says when the chat is cut off from the shop. */
export class Banner {
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly element = h("p", { class: "banner", role: "status" });

  constructor(private readonly words: Words) {}

  update(chat: Chat): void {
    const isOffline = !navigator.onLine;
    if (chat.refusal !== null || !(isOffline || chat.isCutOff)) {
      clearTimeout(this.timer);
      this.timer = undefined;
      setText(this.element, "");
    } else if (isOffline || this.element.textContent !== "") this.say();
    else this.timer ??= setTimeout(() => this.say(), PATIENCE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private say(): void {
    setText(this.element, navigator.onLine ? this.words.reconnecting : this.words.offline);
  }
}
