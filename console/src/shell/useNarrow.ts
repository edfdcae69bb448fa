import { useSyncExternalStore } from "react";

const narrow = globalThis.matchMedia?.("(max-width: 720px)");

/** Whether the screen is a phone's: lists are cards then, not tables. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow?.addEventListener("change", changed);
      return () => narrow?.removeEventListener("change", changed);
    },
    () => narrow?.matches ?? false,
  );
}
