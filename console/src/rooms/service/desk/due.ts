/** Seconds before it is due from which on somebody should hurry. */
const SOON = 120;

export interface Due {
  tone: "calm" | "soon" | "late";
  /** Seconds until it is due, or since. */
  seconds: number;
}

/** How an answer that is due at a moment stands now. */
export function dueAt(moment: string, now: number): Due {
  const left = Math.round((Date.parse(moment) - now) / 1000);
  if (left < 0) return { tone: "late", seconds: -left };
  return { tone: left <= SOON ? "soon" : "calm", seconds: left };
}

/** As a clock has it: 4:05, 1:02:03. */
export function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
