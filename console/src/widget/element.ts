import { Chat } from "./chat";
import { ATTRIBUTES, readSettings, type Settings } from "./settings";
import css from "./style.css?inline";
import { paint } from "./theme";
import { Launcher } from "./view/launcher";
import { Panel } from "./view/panel";
import { focusedElement } from "./view/focus";
import { words } from "./words";

/** In a window this wide the chat stays open from one page of a shop to the next. */
const WIDE = "(min-width: 481px)";
const OPEN = "zhanggui.chat.open";

/**
 * `<zhanggui-chat>`: a shop's chat, in a tree of its own that the page's styles do not reach. Its looks
 * come through constructed sheets, which a page's `style-src 'self'` allows.
 */
export class ZhangguiChat extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;
  /** Where the script came from, for an element that names no server. */
  static server: string | null = null;

  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly colors = new CSSStyleSheet();
  private readonly root: ShadowRoot;
  private chat: Chat | null = null;
  private launcher: Launcher | null = null;
  private panel: Panel | null = null;
  private focusedBefore: HTMLElement | null = null;
  private isDue = false;
  private painted = "";
  private readonly repaint = () => this.paint();

  constructor() {
    super();
    this.root = this.attachShadow({ mode: "open" });
    const looks = new CSSStyleSheet();
    looks.replaceSync(css);
    this.root.adoptedStyleSheets = [looks, this.colors];
  }

  connectedCallback(): void {
    this.dark.addEventListener("change", this.repaint);
    this.begin();
  }

  disconnectedCallback(): void {
    this.dark.removeEventListener("change", this.repaint);
    this.end();
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    const settings = this.settings();
    if (this.chat && settings && isSameChat(this.chat.settings, settings)) {
      // What is said from now on is said about another product, say.
      Object.assign(this.chat.settings, settings);
      this.paint();
      return;
    }
    this.end();
    this.begin();
  }

  /** Opens the chat; from a button of the page's own, for instance. */
  open(): void {
    this.unfold(true);
  }

  close(): void {
    if (!this.panel?.isOpen) return;
    this.panel.shut();
    remember(false);
    this.update();
    const back = this.focusedBefore?.isConnected && this.focusedBefore !== document.body ? this.focusedBefore : this.launcher?.element;
    back?.focus();
    this.focusedBefore = null;
  }

  private begin(): void {
    const settings = this.settings();
    if (!settings || this.chat) return;
    this.chat = new Chat(settings, () => this.changed());
    this.launcher = new Launcher(words(settings.language), () => this.open());
    this.panel = new Panel(this.chat, () => this.close());
    this.root.replaceChildren(this.launcher.element, this.panel.element);
    this.lang = settings.language === "zh" ? "zh-Hans" : "en";
    this.paint();
    this.chat.start();
    if (wasOpen() && matchMedia(WIDE).matches) this.unfold(false);
    this.update();
  }

  private end(): void {
    this.panel?.shut();
    this.chat?.stop();
    this.chat = null;
    this.root.replaceChildren();
  }

  private settings(): Settings | null {
    return readSettings(this, ZhangguiChat.server, document.documentElement.lang);
  }

  private unfold(takesFocus: boolean): void {
    if (!this.panel || this.panel.isOpen) return;
    this.focusedBefore = takesFocus ? focusedElement() : null;
    this.panel.open(takesFocus);
    remember(true);
    this.update();
  }

  /** Whatever changes together is shown together. */
  private changed(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      this.update();
    });
  }

  private update(): void {
    const { chat, panel, launcher } = this;
    if (!chat || !panel || !launcher) return;
    if (panel.isOpen) {
      panel.update();
      if (!document.hidden) chat.see();
    }
    launcher.update(chat.unread, panel.isOpen);
    this.paint();
  }

  private paint(): void {
    if (!this.chat) return;
    const { color, theme } = this.chat.settings;
    const isDark = theme === "dark" || (theme === "system" && this.dark.matches);
    const rule = paint(color ?? this.chat.shop?.color ?? null, isDark);
    if (rule !== this.painted) this.colors.replaceSync(rule);
    this.painted = rule;
  }
}

function isSameChat(one: Settings, other: Settings): boolean {
  return one.server === other.server && one.key === other.key && one.language === other.language;
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(OPEN) !== null;
  } catch {
    return false;
  }
}

function remember(isOpen: boolean): void {
  try {
    if (isOpen) sessionStorage.setItem(OPEN, "1");
    else sessionStorage.removeItem(OPEN);
  } catch {
    // Then the next page begins with a closed chat.
  }
}
