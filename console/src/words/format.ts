import { usePreferences, type Language } from "@/shell/preferences";

/** Shops keep Beijing time, wherever the reader sits. */
const ZONE = "Asia/Shanghai";
const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };
const NONE = "—";
const MICRO_OF_FEN = 10_000;

type Maybe<T> = T | null | undefined;

/** Figures and times as the reader's language writes them; what is not known is a dash. */
export interface Format {
  /** Integer fen as yuan: 123450 → ¥1,234.50. */
  money(fen: Maybe<number>): string;
  /** The same without the fen, for large sums: ¥1,234. */
  yuan(fen: Maybe<number>): string;
  /** Millionths of a yuan: with the fen, and what is less than one to its last digit. */
  cost(micro: Maybe<number>): string;
  count(n: Maybe<number>): string;
  /** A share from 0 to 1. */
  percent(share: number, digits?: number): string;
  bytes(n: number): string;
  day(iso: Maybe<string>): string;
  /** Month and day of an ISO date. */
  shortDay(iso: Maybe<string>): string;
  time(iso: Maybe<string>): string;
  /** Hour and minute. */
  hour(iso: Maybe<string>): string;
  duration(seconds: number): string;
}

/** Made when first asked for: each takes milliseconds, and a screen needs few. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

function at(iso: Maybe<string>, as: () => Intl.DateTimeFormat): string {
  if (!iso) return NONE;
  // A bare date is that day in the shop, not midnight in Greenwich.
  const moment = new Date(iso.length === 10 ? `${iso}T00:00:00+08:00` : iso);
  return Number.isNaN(moment.getTime()) ? NONE : as().format(moment);
}

export function format(language: Language): Format {
  const locale = LOCALES[language];
  const number = once(() => new Intl.NumberFormat(locale));
  const currency = (digits: number, most = digits) =>
    once(
      () =>
        new Intl.NumberFormat(locale, {
          style: "currency",
          currency: "CNY",
          currencyDisplay: "narrowSymbol",
          minimumFractionDigits: digits,
          maximumFractionDigits: most,
        }),
    );
  const exact = currency(2);
  const round = currency(0);
  const smallest = currency(2, 6);
  const date = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  const day = date({ year: "numeric", month: "short", day: "numeric" });
  const shortDay = date({ month: "short", day: "numeric" });
  const time = date({
    year: "numeric",
    month: language === "zh" ? "2-digit" : "short",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const hour = date({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(value);

  return {
    money: (fen) => (fen == null ? NONE : exact().format(fen / 100)),
    yuan: (fen) => (fen == null ? NONE : round().format(fen / 100)),
    cost: (micro) =>
      micro == null ? NONE : (micro < MICRO_OF_FEN ? smallest() : exact()).format(micro / MICRO_OF_FEN / 100),
    count: (n) => (n == null ? NONE : number().format(n)),
    percent: (share, digits = 0) =>
      new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(share),
    bytes(n) {
      const units = ["B", "KB", "MB", "GB", "TB"];
      let value = n;
      let step = 0;
      while (value >= 1000 && step < units.length - 1) {
        value /= 1000;
        step += 1;
      }
      const digits = step > 0 && value < 10 ? 1 : 0;
      return `${value.toFixed(digits)} ${units[step]}`;
    },
    day: (iso) => at(iso, day),
    shortDay: (iso) => at(iso, shortDay),
    time: (iso) => at(iso, time),
    hour: (iso) => at(iso, hour),
    duration(seconds) {
      // What took no time is none; what took some is at least a second.
      const whole = seconds > 0 ? Math.max(1, Math.round(seconds)) : 0;
      if (whole < 60) return unit(whole, "second");
      const minutes = Math.round(whole / 60);
      if (minutes < 60) return unit(minutes, "minute");
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      return rest === 0 ? unit(hours, "hour") : `${unit(hours, "hour")} ${unit(rest, "minute")}`;
    },
  };
}

const formats: Record<Language, Format> = { zh: format("zh"), en: format("en") };

export function useFormat(): Format {
  return formats[usePreferences().language];
}
