import type { Got, Item } from "@/api/client";

export interface Notice {
  key: string;
  what: "approvals" | "work" | "importDone" | "importFailed" | "evaluationDone" | "evaluationFailed";
  /** How many wait; of work that has ended, when. */
  count: number;
  at: string | null;
  to: string;
}

interface Seen {
  waiting: Got<"service.today">["waiting"] | undefined;
  imports: readonly Pick<Item<"shop.list_imports">, "id" | "state" | "finished_at">[];
  evaluations: readonly Pick<Item<"service.list_evaluations">, "id" | "state" | "finished_at">[];
  /** When the bell was last opened, in milliseconds. */
  looked: number;
}

/** What waits for a person, and what has ended since they last looked, the newest first. */
export function notices({ waiting, imports, evaluations, looked }: Seen): Notice[] {
  const found: Notice[] = [];
  if (waiting?.approvals) {
    const to = "settings?tab=approvals";
    found.push({ key: "approvals", what: "approvals", count: waiting.approvals, at: null, to });
  }
  if (waiting?.work_items) {
    found.push({ key: "work", what: "work", count: waiting.work_items, at: null, to: "work" });
  }
  const ended: Notice[] = [
    ...imports.map(({ id, state, finished_at: at }) => ({
      key: `${id} ${at}`,
      what: state === "failed" ? ("importFailed" as const) : ("importDone" as const),
      has: state === "done" || state === "failed",
      at,
      to: `import/${id}`,
    })),
    ...evaluations.map(({ id, state, finished_at: at }) => ({
      key: `${id} ${at}`,
      what: state === "failed" ? ("evaluationFailed" as const) : ("evaluationDone" as const),
      has: state === "done" || state === "failed",
      at,
      to: `evaluation/${id}`,
    })),
  ]
    .filter(({ has, at }) => has && at !== null && Date.parse(at) > looked)
    .map(({ key, what, at, to }) => ({ key, what, count: 1, at, to }))
    .sort((one, other) => Date.parse(other.at ?? "") - Date.parse(one.at ?? ""));
  return [...found, ...ended];
}

/** What is told of for the first time, or of more than before. */
export function fresh(before: readonly Notice[], now: readonly Notice[]): Notice[] {
  const counts = new Map(before.map(({ key, count }) => [key, count]));
  return now.filter(({ key, count }) => count > (counts.get(key) ?? 0));
}
