import type { Got } from "@/api/client";
import { Tag, type Tone } from "@/shell/Tag";
import { useWords } from "@/words";

export type State = Got<"shop.get_import">["state"];

const TONES: Record<State, Tone> = {
  staged: "waiting",
  queued: "moving",
  running: "moving",
  done: "done",
  failed: "alarm",
  undoing: "moving",
  undone: "quiet",
};

export function ImportState({ state }: { state: State }) {
  const words = useWords();
  return <Tag tone={TONES[state]}>{words.imports.states[state]}</Tag>;
}

/** The server is at work on it. */
export function isMoving(state: State): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}
