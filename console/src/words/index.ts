import { usePreferences, type Language } from "@/shell/preferences";
import type { zh } from "@/shell/words/zh";

/**
 * 控制台里的每一句话：框架的，加上每个房间的 `words/`，由它们的 room.tsx 声明进来。
 *
 * The Chinese words give the shape; every other language must say all of it, and no more.
 */
export interface Words extends ShellWords {}
type ShellWords = typeof zh;

/** A language is one file, fetched when somebody reads it. */
const files: Record<Language, () => Promise<Words>> = {
  zh: async () => (await import("./zh")).zh,
  en: async () => (await import("./en")).en,
};
const known = new Map<Language, Words>();

/** Fetch the words of a language, if they are not there yet: before anything is shown in it. */
export async function learn(language: Language): Promise<void> {
  if (!known.has(language)) known.set(language, await files[language]());
}

/** The words of a language that was learnt, outside of components. */
export function words(language: Language): Words {
  const found = known.get(language);
  if (!found) throw new Error(`the words of ${language} have not been fetched`);
  return found;
}

/** The words in the language of the reader. */
export function useWords(): Words {
  return words(usePreferences().language);
}
