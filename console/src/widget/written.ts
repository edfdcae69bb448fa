/** What the shopper is writing and has not said, kept for this tab: a page of a shop leads to the next,
 * and what was half written there goes on here. */
export class Written {
  private readonly name: string;
  private unkept = "";

  constructor(key: string) {
    this.name = `zhanggui.chat.${key}.written`;
  }

  get text(): string {
    try {
      return sessionStorage.getItem(this.name) ?? this.unkept;
    } catch {
      return this.unkept;
    }
  }

  set text(text: string) {
    this.unkept = text;
    try {
      if (text === "") sessionStorage.removeItem(this.name);
      else sessionStorage.setItem(this.name, text);
    } catch {
      // Then it is kept for as long as the page is open.
    }
  }
}
