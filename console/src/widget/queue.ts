import type { About } from "./contract";
import type { Memory } from "./memory";

/** Something the shopper said that the server has not confirmed yet. */
export interface Unsent extends About {
  client_id: string;
  /** When it was said, ms. */
  at: number;
  text: string | null;
  /** A picture, as a data URL. */
  image: string | null;
  /** Why the server refused it; it waits for the shopper then. */
  problem: string | null;
}

const START = "unsent.";

/**
 * What is yet to be sent, in the order it was said. Each is kept under a name of its own, so two tabs
 * that add and take away at the same time cannot lose one another's.
 */
export class Queue {
  constructor(
    private readonly memory: Memory,
    private readonly now: () => number = Date.now,
  ) {}

  all(): Unsent[] {
    return this.memory.names(START).flatMap((name) => {
      const kept = read(this.memory.get(name));
      return kept ? [kept] : [];
    });
  }

  next(): Unsent | null {
    return this.all().find(({ problem }) => problem === null) ?? null;
  }

  add(said: { text: string } | { image: string }, about: About = {}): Unsent {
    // A clock that was set back does not change the order.
    const at = Math.max(this.now(), (this.all().at(-1)?.at ?? 0) + 1);
    const item: Unsent = { client_id: newId(), at, text: null, image: null, problem: null, ...about, ...said };
    this.memory.set(nameOf(item), JSON.stringify(item));
    return item;
  }

  drop({ at, client_id }: Unsent): void {
    this.memory.remove(nameOf({ at, client_id }));
  }

  /** Write down why it was refused, or with null that it is to be tried again. Nothing happens to
   * one that was sent meanwhile. */
  mark(item: Unsent, problem: string | null): void {
    if (this.memory.get(nameOf(item)) === null) return;
    this.memory.set(nameOf(item), JSON.stringify({ ...item, problem }));
  }
}

function nameOf({ at, client_id }: Pick<Unsent, "at" | "client_id">): string {
  return `${START}${String(at).padStart(15, "0")}.${client_id}`;
}

function read(kept: string | null): Unsent | null {
  try {
    return kept === null ? null : (JSON.parse(kept) as Unsent);
  } catch {
    return null;
  }
}

/** A random UUID. `crypto.randomUUID` is not there on a page that came over plain http. */
function newId(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  const hex = Array.from((crypto as Crypto).getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return hex.join("");
}
