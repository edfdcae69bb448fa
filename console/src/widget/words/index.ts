import { en } from "./en";
import { zh } from "./zh";

export type Words = typeof zh;
export type Language = "zh" | "en";

const all: Record<Language, Words> = { zh, en };

export function words(language: Language): Words {
  return all[language];
}

/** The language of a tag such as `zh-Hans`; English for whoever reads no Chinese. */
export function languageOf(tag: string): Language {
  return /^zh\b/i.test(tag) ? "zh" : "en";
}
