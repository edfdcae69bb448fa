import { useSyncExternalStore } from "react";
import { useMedia } from "./useMedia";

export type Language = "zh" | "en";
export type Theme = "light" | "dark" | "system";

export interface Preferences {
  language: Language;
  theme: Theme;
}

/** Also read by `public/early.js`, before anything else runs. */
const KEY = "zhanggui.preferences";

let current: Preferences = load();
const listeners = new Set<() => void>();

/** Chinese unless the browser asks for English and not for Chinese. */
export function preferredLanguage(asked: readonly string[]): Language {
  const chinese = asked.some((tag) => tag.toLowerCase().startsWith("zh"));
  const english = asked.some((tag) => tag.toLowerCase().startsWith("en"));
  return english && !chinese ? "en" : "zh";
}

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still lets people choose for this visit.
  }
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Whether to show the dark theme now; follows the system while nothing was chosen. */
export function useDark(): boolean {
  const { theme } = usePreferences();
  const system = useMedia("(prefers-color-scheme: dark)");
  return theme === "system" ? system : theme === "dark";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function load(): Preferences {
  const fallback: Preferences = {
    language: preferredLanguage(globalThis.navigator?.languages ?? []),
    theme: "system",
  };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
    return {
      language: kept.language === "zh" || kept.language === "en" ? kept.language : fallback.language,
      theme: kept.theme === "light" || kept.theme === "dark" ? kept.theme : "system",
    };
  } catch {
    return fallback;
  }
}
