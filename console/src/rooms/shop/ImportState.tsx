import type { Got } from "@/api/client";
import { useWords } from "@/words";
import tag from "./StatusTag.module.css";

export type State = Got<"shop.get_import">["state"];

const TONES: Record<State, string> = {
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
  return <span className={`${tag["tag"]} ${tag[TONES[state]]}`}>{words.imports.states[state]}</span>;
}

/** The server is at work on it. */
export function isMoving(state: State): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}
