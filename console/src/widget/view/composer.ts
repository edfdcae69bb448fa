import type { Pictures } from "../pictures";
import type { Words } from "../words";
import type { Written } from "../written";
import { h, iconButton, setText } from "./dom";
import { icon } from "./icons";
import { Tray } from "./tray";

const LONGEST = 2_000;
/** From so many characters left on they are counted. */
const COUNTED = 200;

export interface Said {
  say(text: string): void;
  show(image: string): void;
  typing(): void;
}

/** Where the shopper writes, and picks, pastes or drops pictures. */
export class Composer {
  private readonly field: HTMLTextAreaElement;
  private readonly left = h("p", { class: "left", role: "status" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly send: HTMLButtonElement;
  private readonly files = h("input", {
    type: "file", accept: "image/jpeg,image/png,image/webp", multiple: true, hidden: true, tabindex: "-1",
  });
  private readonly tray: Tray;
  readonly element: HTMLFormElement;

  constructor(
    private readonly words: Words,
    pictures: Pictures,
    private readonly written: Written,
    private readonly to: Said,
  ) {
    this.tray = new Tray(words, pictures, () => this.mark(), (text) => setText(this.problem, text));
    this.field = h("textarea", {
      rows: 1, maxlength: LONGEST, placeholder: words.placeholder, "aria-label": words.message, enterkeyhint: "send",
    });
    this.send = h("button", { type: "submit", class: "send", "aria-label": words.send, title: words.send }, [icon("send")]);
    const pick = iconButton(words.picture, icon("picture"), () => this.files.click());
    this.element = h("form", { class: "composer" }, [
      this.problem,
      this.tray.element,
      h("div", { class: "write" }, [pick, this.files, this.field, this.send]),
      this.left,
    ]);
    this.listen();
    this.mark();
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  /** What was being written on the page before; to be called when it comes into view. */
  recall(): void {
    if (this.field.value === "") this.field.value = this.written.text;
    this.mark();
  }

  /** As high as what is written. */
  private fit(): void {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }

  add(files: readonly File[]): void {
    void this.tray.add(files).then(() => this.focus());
  }

  private listen(): void {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.speak();
    });
    this.field.addEventListener("keydown", (event) => {
      if (!isSending(event)) return;
      event.preventDefault();
      this.speak();
    });
    this.field.addEventListener("input", () => {
      this.written.text = this.field.value;
      this.mark();
      this.to.typing();
    });
    this.field.addEventListener("paste", (event) => {
      const files = imagesOf(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      this.add(files);
    });
    this.files.addEventListener("change", () => {
      this.add([...(this.files.files ?? [])]);
      this.files.value = "";
    });
  }

  private speak(): void {
    const text = this.field.value.trim();
    for (const image of this.tray.take()) this.to.show(image);
    if (text !== "") this.to.say(text);
    this.field.value = this.written.text = "";
    this.mark();
    this.focus();
  }

  private mark(): void {
    const { value } = this.field;
    // Not disabled, so that the focus is not lost with the last letter.
    this.send.setAttribute("aria-disabled", String(value.trim() === "" && this.tray.isEmpty));
    const left = LONGEST - value.length;
    setText(this.left, left <= COUNTED ? this.words.left(String(left)) : "");
    this.fit();
  }
}

/** Enter, but not the one that ends a word of an input method (229 is how Safari tells). */
export function isSending({ key, shiftKey, isComposing, keyCode }: KeyboardEvent): boolean {
  return key === "Enter" && !shiftKey && !isComposing && keyCode !== 229;
}

function imagesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
}
