import { Api } from "./api";
import { waitFor } from "./backoff";
import { Connection } from "./connection";
import type { About, Message, Shop, State } from "./contract";
import { blobOf } from "./images";
import { Memory } from "./memory";
import { Pictures } from "./pictures";
import { problemOf, type Problem } from "./problems";
import { Queue, type Unsent } from "./queue";
import { exclusiveFor, Sender } from "./sender";
import type { Settings } from "./settings";
import type { StreamEvent } from "./sse";
import { Written } from "./written";

/** A page's address is told without what comes behind `#`, and not at all if it is longer than this. */
const LONGEST_PAGE = 2_000;
const TYPING_MS = 3_000;

/**
 * One shopper's conversation with a shop, as this tab knows it: what the server has said, what is still
 * to be sent, and whether the two hear of one another. It knows nothing of how it is shown; `changed`
 * is called after anything in it has changed.
 */
export class Chat {
  shop: Shop | null = null;
  /** Nothing can be said here: the key or this page's address is refused. */
  refusal: Problem | null = null;
  state: State | null = null;
  readonly messages = new Map<number, Message>();
  readonly pictures: Pictures;
  readonly written: Written;
  private readonly api: Api;
  private readonly memory: Memory;
  private readonly queue: Queue;
  private readonly sender: Sender;
  private readonly connection: Connection;
  private readonly tab = Math.random().toString(36).slice(2);
  /** The number up to which the stream was read; what an answer brought is not counted. */
  private heard = 0;
  private isLinked = false;
  private isStopped = false;
  private failures = 0;
  private typed = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly endings: (() => void)[] = [];

  constructor(
    readonly settings: Settings,
    private readonly changed: () => void,
  ) {
    this.api = new Api(settings);
    this.memory = new Memory(settings.key);
    this.queue = new Queue(this.memory);
    this.written = new Written(settings.key);
    this.pictures = new Pictures((url) => this.api.picture(this.token ?? "", url));
    this.sender = new Sender(this.queue, exclusiveFor(`zhanggui.chat.${settings.key}`), {
      deliver: (item) => this.deliver(item),
      onStale: () => this.startAnew(),
      onFinal: (problem) => this.refuse(problem),
      onChange: changed,
    });
    this.connection = new Connection({
      open: (signal) => this.api.stream(this.token ?? "", this.heard, signal),
      onEvent: (event) => this.hear(event),
      onLink: (isUp) => this.link(isUp),
      onRefused: (problem) => (problem.isStale ? this.startAnew() : this.refuse(problem)),
    });
  }

  start(): void {
    if (this.token !== null && this.memory.get("buyer") !== this.buyer) this.leave();
    this.endings.push(this.memory.onElsewhere((name) => this.onElsewhere(name)));
    this.on(window, "online", () => this.nudge());
    this.on(window, "offline", () => {
      this.connection.lose();
      this.changed();
    });
    this.on(document, "visibilitychange", () => this.onVisible());
    void this.load();
    this.onVisible();
  }

  stop(): void {
    this.isStopped = true;
    for (const end of this.endings.splice(0)) end();
    clearTimeout(this.timer);
    this.sender.stop();
    this.connection.stop();
    this.pictures.clear();
  }

  get token(): string | null {
    return this.memory.get("token");
  }

  get unsent(): Unsent[] {
    return this.queue.all();
  }

  /** There is a conversation, and nothing of it has come yet. */
  get isLoading(): boolean {
    return this.token !== null && this.state === null && this.messages.size === 0;
  }

  /** What is said now does not reach the server, or what it says does not come. */
  get isCutOff(): boolean {
    return this.sender.isHeld || (this.token === null ? this.shop === null && this.failures > 0 : !this.isLinked);
  }

  /** How many messages of the shop came since the shopper last looked. */
  get unread(): number {
    const read = Number(this.memory.get("read") ?? 0);
    return [...this.messages.values()].filter(({ seq, author }) => seq > read && author !== "shopper").length;
  }

  /** The shopper has seen all that is there. */
  see(): void {
    const last = Math.max(0, ...this.messages.keys());
    if (last > Number(this.memory.get("read") ?? 0)) this.memory.set("read", String(last));
  }

  say(text: string, about: About = this.pageAbout()): void {
    this.queue.add({ text }, about);
    this.send();
  }

  /** `image` is a data URL. */
  show(image: string): void {
    this.queue.add({ image });
    this.send();
  }

  retry(item: Unsent): void {
    this.queue.mark(item, null);
    this.send();
  }

  discard(item: Unsent): void {
    this.queue.drop(item);
    this.changed();
  }

  /** Tell the shop that the shopper writes; more often than every 3 s it is not told. */
  typing(): void {
    const now = Date.now();
    if (this.token === null || now - this.typed < TYPING_MS) return;
    this.typed = now;
    // That somebody writes is not worth a word when it does not get through.
    this.api.typing(this.token).catch(() => {});
  }

  /** Throws a `Problem`. */
  async rate(rating: number, words: string): Promise<void> {
    if (this.token === null) return;
    await this.api.rate(this.token, rating, words);
    if (this.state) this.state = { ...this.state, rating };
    this.changed();
  }

  private send(): void {
    void this.sender.run();
    this.changed();
  }

  /** Who the shop says the shopper is. */
  private get buyer(): string {
    return this.settings.buyer?.nick ?? "";
  }

  /** Somebody else uses this browser now, or has signed in: what was said is not theirs to see. */
  private leave(): void {
    for (const item of this.queue.all()) this.queue.drop(item);
    this.written.text = "";
    this.memory.remove("token");
    this.memory.remove("read");
  }

  private async load(): Promise<void> {
    try {
      this.shop = await this.api.shop();
      this.failures = 0;
    } catch (error) {
      const problem = problemOf(error);
      if (this.isStopped) return;
      if (problem.isFinal) return this.refuse(problem);
      this.timer = setTimeout(() => void this.load(), waitFor(problem.waitMs, this.failures));
      this.failures += 1;
    }
    this.changed();
  }

  private async deliver(item: Unsent): Promise<void> {
    const { client_id, text, image, product_id, order_id } = item;
    const token = this.token ?? (await this.begin());
    const message =
      image === null
        ? await this.api.say(token, client_id, text ?? "", { product_id, order_id })
        : await this.api.show(token, client_id, blobOf(image));
    this.messages.set(message.seq, message);
  }

  private async begin(): Promise<string> {
    const { href } = location;
    const page = href.split("#", 1)[0] ?? "";
    const token = await this.api.start(page.length <= LONGEST_PAGE ? page : location.origin + location.pathname);
    this.memory.set("token", token);
    this.memory.set("buyer", this.buyer);
    if (!this.isStopped) this.connection.start();
    return token;
  }

  private pageAbout(): About {
    const { product, order } = this.settings;
    return { product_id: product ?? undefined, order_id: order ?? undefined };
  }

  private hear({ name, data }: StreamEvent): void {
    if (name === "state") this.state = JSON.parse(data) as State;
    if (name === "message") {
      const message = JSON.parse(data) as Message;
      this.messages.set(message.seq, message);
      this.heard = Math.max(this.heard, message.seq);
      // It has arrived, whether its own answer did or not.
      const sent = this.queue.all().find(({ client_id }) => client_id === message.client_id);
      if (sent) this.queue.drop(sent);
    }
    this.changed();
  }

  private link(isUp: boolean): void {
    if (this.isLinked === isUp) return;
    this.isLinked = isUp;
    if (isUp) void this.sender.run();
    this.changed();
  }

  private nudge(): void {
    this.connection.nudge();
    void this.sender.run(true);
    if (this.shop === null && this.refusal === null && this.failures > 0) {
      clearTimeout(this.timer);
      void this.load();
    }
    this.changed();
  }

  /** The conversation is no longer this browser's: the next word begins another. */
  private startAnew(): void {
    this.memory.remove("token");
    this.memory.remove("read");
    this.forget();
    if (this.queue.next()) void this.sender.run();
  }

  private forget(): void {
    this.connection.stop();
    this.messages.clear();
    this.pictures.clear();
    this.state = null;
    this.heard = 0;
    this.isLinked = false;
    this.changed();
  }

  private refuse(problem: Problem): void {
    this.refusal = problem;
    this.sender.stop();
    this.connection.stop();
    this.changed();
  }

  /** A browser opens few connections to one server, so of all hidden tabs only the one that was looked
   * at last keeps its own. */
  private onVisible(): void {
    if (document.hidden) return;
    this.memory.set("tab", this.tab);
    if (this.token !== null && this.refusal === null) this.connection.start();
    this.nudge();
  }

  private onElsewhere(name: string): void {
    if (name === "tab" && document.hidden) this.connection.stop();
    if (name === "token") {
      this.forget();
      if (this.token !== null && !document.hidden && this.refusal === null) this.connection.start();
    }
    this.changed();
  }

  private on(target: EventTarget, event: string, listener: () => void): void {
    target.addEventListener(event, listener);
    this.endings.push(() => target.removeEventListener(event, listener));
  }
}
