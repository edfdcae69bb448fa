import type { Language, Words } from "./words";

const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };
const DAY_MS = 86_400_000;

/** A moment as a shopper reads it, in their own time: the clock today, else the day as well. */
export function timeOf(at: number, now: number, language: Language, words: Words): string {
  const locale = LOCALES[language];
  const clock = new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (sameDay(at, now)) return words.today(clock);
  if (sameDay(at, now - DAY_MS)) return words.yesterday(clock);
  if (sameDay(at, now + DAY_MS)) return words.tomorrow(clock);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  return `${new Date(at).toLocaleDateString(locale, { ...year, month: "short", day: "numeric" })} ${clock}`;
}

function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
