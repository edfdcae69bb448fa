import type { Chat } from "../chat";
import { problemOf } from "../problems";
import type { Words } from "../words";
import { h, setText, unseen } from "./dom";
import { icon } from "./icons";

const LONGEST = 500;

/** Stars and words about the service: by itself when a conversation has ended, or when asked for. */
export class Rating {
  private readonly form: HTMLFormElement;
  private readonly stars: HTMLInputElement[];
  private readonly meaning = h("span", { class: "meaning", "aria-hidden": "true" });
  private readonly words: HTMLTextAreaElement;
  private readonly submit: HTMLButtonElement;
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly thanks: HTMLElement;
  private isAsked = false;
  private isPutOff = false;
  private isGiven = false;
  readonly element: HTMLElement;

  constructor(
    private readonly said: Words,
    private readonly give: (rating: number, words: string) => Promise<void>,
    private readonly back: () => void,
  ) {
    const { rating } = said;
    this.stars = rating.stars.map((_, index) => h("input", { type: "radio", name: "stars", value: index + 1 }));
    const labels = this.stars.map((star, index) =>
      h("label", { class: "star-label" }, [star, unseen(rating.stars[index] ?? ""), icon("star")]),
    );
    this.words = h("textarea", { rows: 2, maxlength: LONGEST, "aria-label": rating.words, placeholder: rating.words });
    this.submit = h("button", { type: "submit", class: "primary", disabled: true }, [rating.submit]);
    const later = h("button", { type: "button", class: "quiet" }, [rating.later], { click: () => this.putOff() });
    this.form = h("form", {}, [
      h("fieldset", {}, [h("legend", {}, [rating.title]), h("div", { class: "stars" }, [...labels, this.meaning])]),
      this.words,
      this.problem,
      h("div", { class: "row" }, [later, this.submit]),
    ]);
    this.form.addEventListener("change", () => this.mark());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    this.thanks = h("p", { class: "thanks", role: "status" });
    this.element = h("section", { class: "rating", "aria-label": said.rate, hidden: true }, [this.form, this.thanks]);
  }

  update({ state, refusal }: Chat): void {
    const isEnd = state?.state === "closed" && state.rating === null && !this.isPutOff;
    const isOpen = (this.isAsked || isEnd || this.isGiven) && refusal === null && state !== null;
    this.element.hidden = !isOpen;
    this.form.hidden = this.isGiven && !this.isAsked;
    setText(this.thanks, this.form.hidden ? this.said.rating.thanks : "");
  }

  /** The shopper wants to rate. */
  ask(): void {
    this.isAsked = true;
  }

  focus(): void {
    (this.stars.find(({ checked }) => checked) ?? this.stars[0])?.focus();
  }

  private get chosen(): number {
    return this.stars.findIndex(({ checked }) => checked) + 1;
  }

  private mark(): void {
    this.stars.forEach((star, index) => star.parentElement?.classList.toggle("lit", index < this.chosen));
    setText(this.meaning, this.said.rating.stars[this.chosen - 1] ?? "");
    this.submit.disabled = this.chosen === 0;
  }

  private putOff(): void {
    this.isPutOff = true;
    this.isAsked = false;
    this.element.hidden = true;
    this.back();
  }

  private async send(): Promise<void> {
    setText(this.problem, "");
    this.submit.disabled = true;
    try {
      // Set before: the answer comes together with the view's next update.
      this.isGiven = true;
      this.isAsked = false;
      await this.give(this.chosen, this.words.value.trim());
      this.back();
    } catch (error) {
      this.isGiven = false;
      this.isAsked = true;
      setText(this.problem, problemOf(error).message || this.said.problem);
    } finally {
      this.submit.disabled = false;
    }
  }
}
