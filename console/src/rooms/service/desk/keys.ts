import { useEffect } from "react";
import { write } from "./drafts";
import { focusWriting, stepInList } from "./focusing";

/** What a key asks for at the desk, while nobody writes. */
export type Wish = "next" | "before" | "reply" | "note" | "draft";

const WISHES: Record<string, Wish> = { j: "next", k: "before", r: "reply", n: "note", d: "draft" };
/** Keys pressed in these are theirs. */
const OTHERS = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=combobox]";

/** What was asked for by a key; nothing by one that belongs to something else. */
export function wished(event: KeyboardEvent): Wish | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return undefined;
  if (event.target instanceof Element && event.target.closest(OTHERS)) return undefined;
  return WISHES[event.key.toLowerCase()];
}

/** Lets the desk be worked by keys, wherever the focus is. */
export function useKeys(open: string): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wish = wished(event);
      if (wish !== undefined && fulfil(wish, open)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [open]);
}

function fulfil(wish: Wish, open: string): boolean {
  switch (wish) {
    case "next":
      stepInList(1);
      return true;
    case "before":
      stepInList(-1);
      return true;
    case "draft": {
      const use = document.querySelector<HTMLElement>("[data-use-draft]");
      use?.click();
      return use !== null;
    }
    default:
      if (open !== "") write(open, { mode: wish });
      return focusWriting();
  }
}
