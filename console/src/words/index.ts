import { usePreferences, type Language } from "@/shell/preferences";
import { en } from "@/shell/words/en";
import { zh } from "@/shell/words/zh";

/**
 * 控制台里的每一句话：框架的，加上每个房间的 `words/`，由它们的 room.tsx 声明进来。
 *
 * The Chinese words give the shape; every other language must say all of it, and no more.
 */
export interface Words extends ShellWords {}
type ShellWords = typeof zh;

const rooms: Record<Language, Record<string, object>> = {
  zh: import.meta.glob<object>("../rooms/*/words/zh.ts", { eager: true, import: "zh" }),
  en: import.meta.glob<object>("../rooms/*/words/en.ts", { eager: true, import: "en" }),
};

function gathered(shell: object, language: Language): Words {
  // That a room's words are there is declared by the file that lies beside them.
  return Object.assign({}, shell, ...Object.values(rooms[language])) as Words;
}

const all: Record<Language, Words> = { zh: gathered(zh, "zh"), en: gathered(en, "en") };

/** The words of a language, outside of components. */
export function words(language: Language): Words {
  return all[language];
}

/** The words in the language of the reader. */
export function useWords(): Words {
  return all[usePreferences().language];
}
