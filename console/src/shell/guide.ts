import { useSyncExternalStore } from "react";
import { useRole } from "@/api/hooks";
import type { Step } from "./room";
import { STEPS } from "./rooms";
import { useShopId } from "./useShopId";

export interface Progress {
  step: Step;
  done: boolean | undefined;
}

/** The steps that are for the reader, with how far the shop has come. */
export function useProgress(): Progress[] {
  const role = useRole();
  // The steps never change while the program runs, so these hooks are the same in every rendering.
  // oxlint-disable-next-line react/rules-of-hooks
  const all = STEPS.map((step) => ({ step, done: step.useDone() }));
  return all.filter(({ step }) => !step.roles || (role && step.roles.includes(role)));
}

const PLACE = "zhanggui.guide.";
const listeners = new Set<() => void>();

/** Something that this browser remembers of a shop's guide, as "put away" or "has tried". */
export function useMark(what: "away" | "tried"): [marked: boolean, mark: (on: boolean) => void] {
  const key = `${PLACE}${what}.${useShopId()}`;
  const marked = useSyncExternalStore(subscribe, () => read(key));
  return [marked, (on) => write(key, on)];
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
