import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { windowOf, type Window } from "./window";

interface Windowed {
  /** Belongs to the element that begins where the first row does. */
  place: RefObject<HTMLElement | null>;
  shown: Window;
}

/** Follows the page as it scrolls and says which of `count` rows of one height are to be made. */
export function useWindow(count: number, rowHeight: number): Windowed {
  const place = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<Window>(() => windowOf(count, rowHeight, 0, globalThis.innerHeight ?? 900));
  useLayoutEffect(() => {
    const look = () => {
      const top = place.current?.getBoundingClientRect().top ?? 0;
      const next = windowOf(count, rowHeight, -top, window.innerHeight);
      setShown((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [count, rowHeight]);
  return { place, shown };
}
