import { usePreferences, type Language } from "@/shell/preferences";
import { en } from "./en";
import { zh } from "./zh";

/** The shape of the Chinese words: every other language must say all of it, and no more. */
export type Words = typeof zh;

const all: Record<Language, Words> = { zh, en };

/** The words of a language, outside of components. */
export function words(language: Language): Words {
  return all[language];
}

/** The words in the language of the reader. */
export function useWords(): Words {
  return all[usePreferences().language];
}
