import { useState, type DragEvent } from "react";

interface Dropping {
  /** Something is held over the place. */
  over: boolean;
  /** What the place listens to. */
  place: Record<"onDragOver" | "onDragLeave" | "onDrop", (event: DragEvent) => void>;
}

/** A place where files are dropped: `take` is given what falls on it. */
export function useDropping(take: (event: DragEvent) => void): Dropping {
  const [over, setOver] = useState(false);
  return {
    over,
    place: {
      onDragOver: (event) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        setOver(false);
        take(event);
      },
    },
  };
}
