import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";

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
  const moving = list.data?.items.find(({ state }) => isMoving(state));
  const { data } = useRead(
    "shop.get_import",
    { import_id: moving?.id ?? "" },
    {
      enabled: enabled && moving !== undefined,
      every: (seen) => (!seen || isMoving(seen.state) ? LOOK_AGAIN_MS : false),
    },
  );
  if (!enabled || !moving || data?.id !== moving.id) return null;
  const share = data.bytes_total ? data.bytes_done / data.bytes_total : 0;
  const to = `import/${data.id}`;
  if (!isMoving(data.state)) return { to, said: words.imports.finished, share: 1 };
  const said = words.imports.running(format.percent(share));
  const left = data.seconds_left;
  return { to, said: left == null ? said : words.notices.left(said, format.duration(left)), share };
}

/** An evaluation the server is at work on. */
export function useRunningEvaluation(enabled: boolean): Running | null {
  const words = useWords();
  const format = useFormat();
  const list = useRead("service.list_evaluations", {}, { enabled });
  const moving = list.data?.items.find(({ state }) => isMoving(state));
  const { data } = useRead(
    "service.get_evaluation",
    { id: moving?.id ?? "", size: 1 },
    {
      enabled: enabled && moving !== undefined,
      every: (seen) => (!seen || isMoving(seen.evaluation.state) ? LOOK_AGAIN_MS : false),
    },
  );
  const run = data?.evaluation;
  if (!enabled || !moving || run?.id !== moving.id) return null;
  const share = run.total ? run.done / run.total : 0;
  const to = `evaluation/${run.id}`;
  if (!isMoving(run.state)) return { to, said: words.notices.evaluated, share: 1 };
  const said = words.notices.evaluating(format.percent(share));
  const left = data?.seconds_left;
  return { to, said: left == null ? said : words.notices.left(said, format.duration(left)), share };
}

function isMoving(state: string): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}
