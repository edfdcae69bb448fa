import type { Place } from "./room";
import { PLACES } from "./rooms";

const always = () => true;
const shown = PLACES.map(({ useShown = always }) => useShown);

/** The places that the navigation shows now. */
export function usePlaces(): Place[] {
  // The places never change while the program runs, so these hooks are the same in every rendering.
  // oxlint-disable-next-line react/rules-of-hooks, react/hooks
  const now = shown.map((useShown) => useShown());
  return PLACES.filter((_, at) => now[at]);
}
