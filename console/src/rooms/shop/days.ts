/** The moments between which the shop's local days from `since` to `until`, both included, lie. */
export function between(since: string, until: string): { since?: string; until?: string } {
  return {
    ...(isDay(since) && { since: `${since}T00:00:00+08:00` }),
    ...(isDay(until) && { until: `${after(until)}T00:00:00+08:00` }),
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function after(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
