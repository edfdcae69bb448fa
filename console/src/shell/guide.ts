import { useSyncExternalStore } from "react";
import type { Got } from "@/api/client";
import type { Role, Step } from "./room";
import { useShopId } from "./useShopId";

export interface Standing {
  step: Step;
  done: boolean;
}

export interface Progress {
  /** In their order. */
  steps: Standing[];
  /** Of `all`; what one may leave out does not count. */
  done: number;
  all: number;
  /** What is to be done next; undefined when all is done. */
  next: Step | undefined;
}

/** How far a shop has come in those of the steps that are for somebody; a step that the server does not judge is none. */
export function progressOf(steps: readonly Step[], seen: Got<"base.guide">, role: Role | undefined): Progress {
  const judged = new Map(seen.steps.map(({ name, is_done: done }) => [name, done]));
  const mine = steps.filter(({ name, roles }) => judged.has(name) && (!roles || (role && roles.includes(role))));
  const standing = mine.map((step) => ({ step, done: judged.get(step.name) === true }));
  const counted = standing.filter(({ step }) => !step.optional);
  return {
    steps: standing,
    done: counted.filter(({ done }) => done).length,
    all: counted.length,
    next: counted.find(({ done }) => !done)?.step,
  };
}

const PLACE = "zhanggui.guide.away.";
const listeners = new Set<() => void>();

/** Whether this browser has put a shop's guide away. */
export function useAway(): [away: boolean, putAway: (on: boolean) => void] {
  const key = PLACE + useShopId();
  const away = useSyncExternalStore(subscribe, () => read(key));
  return [away, (on) => write(key, on)];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function write(key: string, on: boolean): void {
  try {
    if (on) localStorage.setItem(key, "1");
    else localStorage.removeItem(key);
  } catch {
    // Then it is asked again next time.
  }
  for (const listener of listeners) listener();
}
