/** So narrow a window is filled by the panel; `style.css` says the same. */
const NARROW = "(max-width: 480px)";

/** Holds a panel that fills the window to what is seen of it: the keyboard of a phone covers the page
 * without making it smaller. */
export class Viewport {
  private readonly narrow = matchMedia(NARROW);
  private overflow: string | null = null;
  private readonly fit = () => this.place();

  constructor(private readonly panel: HTMLElement) {}

  get isFull(): boolean {
    return this.narrow.matches;
  }

  start(): void {
    this.narrow.addEventListener("change", this.fit);
    window.visualViewport?.addEventListener("resize", this.fit);
    window.visualViewport?.addEventListener("scroll", this.fit);
    this.place();
  }

  stop(): void {
    this.narrow.removeEventListener("change", this.fit);
    window.visualViewport?.removeEventListener("resize", this.fit);
    window.visualViewport?.removeEventListener("scroll", this.fit);
    this.hold(false);
  }

  private place(): void {
    const seen = this.isFull ? window.visualViewport : null;
    this.panel.setAttribute("aria-modal", String(this.isFull));
    this.panel.style.top = seen ? `${seen.offsetTop}px` : "";
    this.panel.style.height = seen ? `${seen.height}px` : "";
    this.hold(this.isFull);
  }

  /** The page does not scroll behind a panel that covers it. */
  private hold(isHeld: boolean): void {
    const { style } = document.documentElement;
    if (isHeld === (this.overflow !== null)) return;
    const before = this.overflow;
    this.overflow = isHeld ? style.overflow : null;
    style.overflow = isHeld ? "hidden" : (before ?? "");
  }
}
