import type { Item } from "@/api/client";

/** A named way to look at a list, kept by the server. */
export type View = Item<"base.list_views">;

/** What narrows a list, as in the address. */
export type Shows = Record<string, string>;

/** What a view says in the address, where each part has one text. */
export function inAddress(view: View): Shows {
  return Object.fromEntries(Object.entries(view.shows).map(([name, said]) => [name, String(said)]));
}

/** The view that shows exactly this, if one does. */
export function viewOf(views: readonly View[], shows: Shows): View | undefined {
  return views.find((view) => same(inAddress(view), shows));
}

function same(one: Shows, other: Shows): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(shows: Shows): [string, string][] {
  return Object.entries(shows).toSorted(([a], [b]) => a.localeCompare(b));
}

/** A view that an earlier console kept in this browser. */
export interface Left {
  name: string;
  shows: Shows;
}

/** Those left in the browser that the server has to be given: none that shows what another does, and none called
 * like another. */
export function toTakeOver(left: readonly Left[], views: readonly View[]): Left[] {
  const names = new Set(views.filter((view) => !view.is_shared).map(({ name }) => name));
  return left
    .filter(({ shows }) => !viewOf(views, shows))
    .map(({ name, shows }) => {
      let free = name;
      for (let n = 2; names.has(free); n += 1) free = `${name.slice(0, LONGEST - 5)} (${n})`;
      names.add(free);
      return { name: free, shows };
    });
}

/** Characters of a name. */
export const LONGEST = 30;

/** What an earlier console kept for a person, a shop and a list. */
export function leftIn(place: string): Left[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE + place) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isLeft) : [];
  } catch {
    return [];
  }
}

export function forgetLeft(place: string): void {
  localStorage.removeItem(PLACE + place);
}

const PLACE = "zhanggui.views.";

function isLeft(value: unknown): value is Left {
  const left = value as Partial<Left> | null;
  return (
    typeof left?.name === "string" &&
    typeof left.shows === "object" &&
    left.shows !== null &&
    Object.values(left.shows).every((said) => typeof said === "string")
  );
}
