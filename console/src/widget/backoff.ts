const FIRST_MS = 600;
const LONGEST_MS = 15_000;
/** A server may ask for longer; whoever writes meanwhile should not have to wait that long. */
const LONGEST_ASKED_MS = 120_000;

/** How long to wait before an attempt, in ms: twice as long each time up to 15 s, of which the last
 * half is chance, so that the visitors of a server that comes back do not all come at once. */
export function backoff(failures: number, chance: () => number = Math.random): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return whole / 2 + (whole / 2) * chance();
}

/** How long to wait, in ms, where the server may have asked for so long (else null): no shorter than it
 * asked, up to two minutes, and with chance behind it all the same. */
export function waitFor(asked: number | null, failures: number, chance: () => number = Math.random): number {
  return Math.min(LONGEST_ASKED_MS, Math.max(0, asked ?? 0)) + backoff(failures, chance);
}

/** The ms that a `Retry-After` asks for, in seconds or as a date; null for what is neither. `now` is
 * the server's time if it told it, since a visitor's clock may be wrong. */
export function askedToWait(header: string | null, now: number): number | null {
  const said = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said) * 1000;
  // A date has letters; browsers would read a number with a sign as a year.
  const until = /[a-z]/i.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isNaN(until) ? null : Math.max(0, until - now);
}
