/** Named ways to look at a list, kept in this browser for a person, a shop and a list. */

export interface View {
  name: string;
  /** What narrows the list, as in the address. */
  shows: Record<string, string>;
}

const MOST = 20;

/** The views with one more; one of the same name is replaced where it stands. */
export function withView(views: readonly View[], view: View): View[] {
  const at = views.findIndex(({ name }) => name === view.name);
  const after = at === -1 ? [...views, view] : views.with(at, view);
  return after.slice(-MOST);
}

/** The name of the view that shows exactly this, if one does. */
export function nameOf(views: readonly View[], shows: Record<string, string>): string | undefined {
  const same = (other: Record<string, string>) => JSON.stringify(sorted(other)) === JSON.stringify(sorted(shows));
  return views.find((view) => same(view.shows))?.name;
}

function sorted(shows: Record<string, string>): [string, string][] {
  return Object.entries(shows).toSorted(([a], [b]) => a.localeCompare(b));
}

export function readViews(place: string): View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE + place) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Whether they could be kept. */
export function writeViews(place: string, views: readonly View[]): boolean {
  try {
    localStorage.setItem(PLACE + place, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}

const PLACE = "zhanggui.views.";

function isView(value: unknown): value is View {
  const view = value as Partial<View> | null;
  return (
    typeof view?.name === "string" &&
    typeof view.shows === "object" &&
    view.shows !== null &&
    Object.values(view.shows).every((said) => typeof said === "string")
  );
}
