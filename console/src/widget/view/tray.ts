import { reduced } from "../images";
import type { Pictures } from "../pictures";
import type { Words } from "../words";
import { h, iconButton } from "./dom";
import { icon } from "./icons";

const MOST = 4;

/** The pictures that go out with the next message. */
export class Tray {
  private images: string[] = [];
  readonly element: HTMLElement;

  constructor(
    private readonly words: Words,
    private readonly pictures: Pictures,
    private readonly changed: () => void,
    private readonly complain: (text: string) => void,
  ) {
    this.element = h("ul", { class: "tray", "aria-label": words.attached, hidden: true });
  }

  get isEmpty(): boolean {
    return this.images.length === 0;
  }

  async add(files: readonly File[]): Promise<void> {
    this.complain("");
    if (files.length + this.images.length > MOST) this.complain(this.words.tooManyPictures(String(MOST)));
    const fitting = files.slice(0, MOST - this.images.length);
    const read = await Promise.allSettled(fitting.map(reduced));
    if (read.some(({ status }) => status === "rejected")) this.complain(this.words.notPicture);
    this.images.push(...read.flatMap((each) => (each.status === "fulfilled" ? [each.value] : [])));
    this.show();
  }

  /** Takes all of them out. */
  take(): string[] {
    const taken = this.images;
    this.images = [];
    this.show();
    return taken;
  }

  private show(): void {
    this.element.hidden = this.isEmpty;
    this.element.replaceChildren(...this.images.map((image) => this.item(image)));
    this.changed();
  }

  private item(image: string): HTMLElement {
    const picture = h("img", { alt: "" });
    void this.pictures.address(image).then((url) => picture.setAttribute("src", url));
    const drop = () => {
      this.images = this.images.filter((each) => each !== image);
      this.show();
    };
    return h("li", {}, [picture, iconButton(this.words.takeOut, icon("close"), drop)]);
  }
}
