const DAY_MS = 86_400_000;
/** The shop's zone has no summer time. */
const OFFSET_MS = 8 * 3_600_000;

/** The shop's local day as an ISO date. */
export function today(now: number = Date.now()): string {
  return new Date(now + OFFSET_MS).toISOString().slice(0, 10);
}

/** So many days before an ISO date. */
export function daysBack(day: string, count: number): string {
  return new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10);
}

/** The days of the address, where they are some. */
export function asked(since: string, until: string): { since?: string; until?: string } {
  return { ...(DAY.test(since) && { since }), ...(DAY.test(until) && { until }) };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
