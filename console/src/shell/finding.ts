/** What the search over everything offers, apart from how it looks. */

export type Kind = "recent" | "screens" | "products" | "orders" | "buyers" | "answers" | "policies" | "documents";

export interface Find {
  kind: Kind;
  /** Unique among what is offered. */
  key: string;
  title: string;
  more?: string | undefined;
  /** Where it leads, from the shop's address. */
  to: string;
}

export interface FindGroup {
  kind: Kind;
  finds: Find[];
}

const ORDER: Kind[] = ["recent", "screens", "products", "orders", "buyers", "answers", "policies", "documents"];

/** The kinds in their one order, those of which nothing was found left out. */
export function grouped(finds: readonly Find[]): FindGroup[] {
  return ORDER.map((kind) => ({ kind, finds: finds.filter((find) => find.kind === kind) })).filter(
    ({ finds: some }) => some.length > 0,
  );
}

/** The parts of a text, each with whether it is what was looked for, whatever its case. */
export function parts(text: string, q: string): { text: string; hit: boolean }[] {
  const wanted = q.trim().toLowerCase();
  const lower = text.toLowerCase();
  // Some letters change their length with their case; the places would not be the same then.
  if (wanted === "" || lower.length !== text.length) return [{ text, hit: false }];
  const found: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    if (at > from) found.push({ text: text.slice(from, at), hit: false });
    from = at + wanted.length;
    found.push({ text: text.slice(at, from), hit: true });
  }
  if (from < text.length) found.push({ text: text.slice(from), hit: false });
  return found;
}

/** The place after a step up or down among so many, round and round. */
export function stepped(at: number, step: number, count: number): number {
  return count === 0 ? 0 : (at + step + count) % count;
}

const KEPT = 6;

/** What was chosen lately, the latest first, with another choice. */
export function remembered(recent: readonly Find[], chosen: Find): Find[] {
  // Who somebody is stays out of what a browser keeps.
  if (chosen.kind === "buyers") return [...recent];
  const { title, to, kind } = chosen;
  const entry: Find = { kind: "recent", key: `recent ${to}`, title, to, more: kind === "orders" ? undefined : chosen.more };
  return [entry, ...recent.filter((find) => find.to !== to)].slice(0, KEPT);
}

const PLACE = "zhanggui.recent.";

export function readRecent(shop: string): Find[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE + shop) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isFind) : [];
  } catch {
    return [];
  }
}

export function writeRecent(shop: string, recent: readonly Find[]): void {
  try {
    localStorage.setItem(PLACE + shop, JSON.stringify(recent));
  } catch {
    // Then nothing is remembered.
  }
}

function isFind(value: unknown): value is Find {
  const find = value as Partial<Find> | null;
  return typeof find?.title === "string" && typeof find.to === "string" && find.kind === "recent";
}
