import type { Words } from "../words";
import { focusedElement } from "./focus";
import { h, iconButton } from "./dom";
import { icon } from "./icons";

/** A picture over the whole panel. */
export class Enlarged {
  private readonly image: HTMLImageElement;
  private readonly button: HTMLButtonElement;
  private before: HTMLElement | null = null;
  readonly element: HTMLElement;

  /** `cover` puts the rest of the panel out of reach while the picture is open. */
  constructor(
    words: Words,
    private readonly cover: (isOn: boolean) => void,
  ) {
    this.image = h("img", { alt: words.enlarged });
    this.button = iconButton(words.closePicture, icon("close"), () => this.close());
    const attributes = { class: "enlarged", role: "dialog", "aria-modal": "true", "aria-label": words.enlarged, hidden: true };
    this.element = h("div", attributes, [this.image, this.button]);
    this.element.addEventListener("click", ({ target }) => {
      if (target === this.element) this.close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(url: string): void {
    this.before = focusedElement();
    this.image.src = url;
    this.element.hidden = false;
    this.cover(true);
    this.button.focus();
  }

  close(): void {
    this.element.hidden = true;
    this.cover(false);
    this.before?.focus();
  }
}
