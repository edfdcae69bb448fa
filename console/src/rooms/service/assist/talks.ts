import type { Turn } from "./talk";

/** Turns of a talk that are remembered: as many as a question carries along. */
const MOST = 40;
const talks = new Map<string, Turn[]>();

/** What was said with somebody, as far as this window knows; nothing of it is kept anywhere else. */
export function talkOf(nick: string): readonly Turn[] {
  return talks.get(nick) ?? [];
}

export function remember(nick: string, turns: readonly Turn[]): void {
  talks.set(nick, turns.slice(-MOST));
}

export function forget(nick: string): void {
  talks.delete(nick);
}
