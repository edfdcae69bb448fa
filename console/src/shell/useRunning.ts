import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "react-router";
import { readAgain } from "@/api/again";
import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { useShopId } from "./useShopId";

export interface Running {
  /** Where it is watched, in the shop. */
  to: string;
  said: string;
  /** From 0 to 1. */
  share: number;
}

const LOOK_AGAIN_MS = 1500;

/** An import the server is at work on; what has just ended stays until another screen is opened. */
export function useRunningImport(enabled: boolean): Running | null {
  const words = useWords();
  const format = useFormat();
  const list = useRead("shop.list_imports", {}, { enabled });
  const id = useWatched(list.data?.items.find(({ state }) => isMoving(state))?.id);
  const { data } = useRead(
    "shop.get_import",
    { import_id: id ?? "" },
    {
      enabled: enabled && id !== undefined,
      every: (seen) => (!seen || isMoving(seen.state) ? LOOK_AGAIN_MS : false),
    },
  );
  const moves = data !== undefined && isMoving(data.state);
  useAfter(moves);
  const isOpen = useUntilLeft(data !== undefined && !moves);
  if (!enabled || !isOpen || id === undefined || data?.id !== id) return null;
  const share = data.bytes_total ? data.bytes_done / data.bytes_total : 0;
  const to = `import/${data.id}`;
  if (data.state === "failed") return { to, said: words.imports.failedTitle, share };
  if (!moves) return { to, said: words.imports.finished, share: 1 };
  const said = words.imports.running(format.percent(share));
  const left = data.seconds_left;
  return { to, said: left == null ? said : words.notices.left(said, format.duration(left)), share };
}

/** An evaluation the server is at work on. */
export function useRunningEvaluation(enabled: boolean): Running | null {
  const words = useWords();
  const format = useFormat();
  const list = useRead("service.list_evaluations", {}, { enabled });
  const id = useWatched(list.data?.items.find(({ state }) => isMoving(state))?.id);
  const { data } = useRead(
    "service.get_evaluation",
    { id: id ?? "", size: 1 },
    {
      enabled: enabled && id !== undefined,
      every: (seen) => (!seen || isMoving(seen.evaluation.state) ? LOOK_AGAIN_MS : false),
    },
  );
  const run = data?.evaluation;
  const moves = run !== undefined && isMoving(run.state);
  useAfter(moves);
  const isOpen = useUntilLeft(run !== undefined && !moves);
  if (!enabled || !isOpen || id === undefined || run?.id !== id) return null;
  const share = run.total ? run.done / run.total : 0;
  const to = `evaluation/${run.id}`;
  if (run.state === "failed") return { to, said: words.notices.notEvaluated, share };
  if (!moves) return { to, said: words.notices.evaluated, share: 1 };
  const said = words.notices.evaluating(format.percent(share));
  const left = data?.seconds_left;
  return { to, said: left == null ? said : words.notices.left(said, format.duration(left)), share };
}

/** The work that moves, and once it has ended the same one still. */
function useWatched(moving: string | undefined): string | undefined {
  const [watched, watch] = useState(moving);
  if (moving !== undefined && watched !== moving) watch(moving);
  return watched;
}

/** No address of a screen. */
const LEFT = "";

/** Whether the screen is still open on which something ended. */
function useUntilLeft(ended: boolean): boolean {
  const { pathname } = useLocation();
  const [place, setPlace] = useState<string | null>(null);
  if (!ended && place !== null) setPlace(null);
  if (ended && place === null) setPlace(pathname);
  if (ended && place !== null && place !== LEFT && place !== pathname) setPlace(LEFT);
  return !ended || place === null || place === pathname;
}

/** Reads the screen beneath again when a work has ended: it may have been about what is shown there. */
function useAfter(moves: boolean): void {
  const shop = useShopId();
  const queries = useQueryClient();
  useEffect(() => {
    if (moves) return () => void readAgain(queries, ["tool", shop]);
  }, [moves, queries, shop]);
}

function isMoving(state: string): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}
