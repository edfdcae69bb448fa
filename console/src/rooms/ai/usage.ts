import type { Got } from "@/api/client";
import { daysBack } from "@/shell/days";

export type Usage = Got<"ai.usage">;
type Line = Usage["items"][number];

export const MEASURES = ["cost", "tokens", "calls"] as const;
export type Measure = (typeof MEASURES)[number];
export const BYS = ["model", "room"] as const;
export type By = (typeof BYS)[number];

/** So many parts of a day have a colour of their own; the others are put together. */
const MOST_PARTS = 4;

export interface Part {
  /** Null for those that are put together. */
  name: string | null;
  values: number[];
}

export interface Stacks {
  days: string[];
  parts: Part[];
  totals: number[];
}

const amount: Record<Measure, (line: Line) => number> = {
  cost: (line) => line.cost_micro,
  tokens: (line) => line.read + line.written,
  calls: (line) => line.calls,
};

function nameOf(line: Line, by: By): string {
  return by === "model" ? line.model : line.room_name;
}

/** Every day of the period with what each model or room came to, the largest part first. */
export function stacks({ since, until, items }: Usage, measure: Measure, by: By): Stacks {
  const count = Math.round((Date.parse(until) - Date.parse(since)) / 86_400_000) + 1;
  const days = Array.from({ length: count }, (_, index) => daysBack(until, count - 1 - index));
  const place = new Map(days.map((day, index) => [day, index]));
  const found = new Map<string, number[]>();
  const totals = days.map(() => 0);
  for (const line of items) {
    const index = place.get(line.day);
    if (index === undefined) continue;
    const values = found.get(nameOf(line, by)) ?? days.map(() => 0);
    values[index] = (values[index] ?? 0) + amount[measure](line);
    totals[index] = (totals[index] ?? 0) + amount[measure](line);
    found.set(nameOf(line, by), values);
  }
  const parts: Part[] = [...found]
    .map(([name, values]) => ({ name, values, all: values.reduce((sum, value) => sum + value, 0) }))
    .filter(({ all }) => all > 0)
    .sort((one, other) => other.all - one.all)
    .map(({ name, values }) => ({ name, values }));
  const rest = parts.splice(MOST_PARTS);
  if (rest.length > 0) {
    const values = days.map((_, index) => rest.reduce((sum, part) => sum + (part.values[index] ?? 0), 0));
    parts.push({ name: null, values });
  }
  return { days, parts, totals };
}

export interface Sum {
  room: string;
  room_name: string;
  model: string;
  calls: number;
  failed: number;
  read: number;
  written: number;
  pictures: number;
  seconds: number;
  characters: number;
  cost_micro: number;
  /** The mean of a call, weighted by calls; null where there were none. */
  ms: number | null;
}

/** What each room's calls to each model came to in the whole period, the dearest first. */
export function sums(items: Line[]): Sum[] {
  const found = new Map<string, Line[]>();
  for (const line of items) {
    const key = `${line.room} ${line.model}`;
    found.set(key, [...(found.get(key) ?? []), line]);
  }
  return [...found.values()]
    .map(added)
    .sort((one, other) => other.cost_micro - one.cost_micro || other.calls - one.calls);
}

/** Lines of one room and model as one; of the first where they differ. */
export function added(lines: Line[]): Sum {
  const sum = (of: (line: Line) => number) => lines.reduce((all, line) => all + of(line), 0);
  const calls = sum((line) => line.calls);
  return {
    room: lines[0]?.room ?? "",
    room_name: lines[0]?.room_name ?? "",
    model: lines[0]?.model ?? "",
    calls,
    failed: sum((line) => line.failed),
    read: sum((line) => line.read),
    written: sum((line) => line.written),
    pictures: sum((line) => line.pictures),
    seconds: sum((line) => line.seconds),
    characters: sum((line) => line.characters),
    cost_micro: sum((line) => line.cost_micro),
    ms: calls === 0 ? null : Math.round(sum((line) => line.ms * line.calls) / calls),
  };
}
