const FIRST_MS = 600;
const LONGEST_MS = 15_000;

/** How long to wait before an attempt, in ms: twice as long each time up to 15 s, of which the last
 * half is chance, so that the visitors of a server that comes back do not all come at once. */
export function backoff(failures: number, chance: () => number = Math.random): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return whole / 2 + (whole / 2) * chance();
}
