import { useSyncExternalStore } from "react";

export type Mode = "reply" | "note";

/** What somebody has written in a conversation and not sent. */
export interface Draft {
  mode: Mode;
  reply: string;
  note: string;
  /** Under which the reply is sent, again and again until it has arrived: it is one message. */
  clientId: string;
  /** The same for the note. */
  noteId: string;
}

const NOTHING: Draft = { mode: "reply", reply: "", note: "", clientId: "", noteId: "" };

/** By conversation, so that looking at another one loses nothing. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

export function draftOf(id: string): Draft {
  return drafts.get(id) ?? NOTHING;
}

/** Changes what is written. Other words are another message, and the same ones are the same. */
export function write(id: string, change: Partial<Pick<Draft, "mode" | "reply" | "note">>): void {
  const before = draftOf(id);
  const after = { ...before, ...change };
  if (after.reply !== before.reply) after.clientId = crypto.randomUUID();
  if (after.note !== before.note) after.noteId = crypto.randomUUID();
  drafts.set(id, after);
  for (const listener of listeners) listener();
}

/** Puts words into the reply: behind what is written already, which nobody loses. */
export function putIn(id: string, words: string): void {
  const { reply } = draftOf(id);
  if (reply.includes(words)) write(id, { mode: "reply" });
  else write(id, { mode: "reply", reply: reply.trim() === "" ? words : `${reply.trimEnd()}\n${words}` });
}

/** A reply has arrived: it is written no more, unless it was changed meanwhile. */
export function arrived(id: string, clientId: string): void {
  if (draftOf(id).clientId === clientId) write(id, { reply: "" });
}

export function useDraft(id: string): Draft {
  return useSyncExternalStore(subscribe, () => draftOf(id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
