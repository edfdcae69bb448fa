import type { Got, Item } from "@/api/client";
import { useSession } from "@/api/hooks";
import type { Words } from "@/words";

export type Row = Item<"service.list_conversations">;
export type Whole = Got<"service.get_conversation">;
export type Message = Whole["items"][number];
export type DeskView = Got<"service.desk">;
export type Agent = DeskView["agents"][number];
export type Skill = DeskView["skills"][number];

/** Who asks: a buyer's masked name, or a visitor told from others by the end of their conversation's id. */
export function whoOf(row: Pick<Row, "id" | "who">, words: Words): string {
  return row.who ?? words.desk.visitor(row.id.slice(-4).toUpperCase());
}

/** The channel a conversation comes from. */
export function channelOf({ channel }: Pick<Row, "channel">, words: Words): string {
  return (words.desk.channels as Record<string, string>)[channel] ?? channel;
}

/** The id of who is signed in. */
export function useMe(): string | undefined {
  return useSession().data?.user?.id;
}

/** The others who have a conversation open. */
export function othersOf(row: Pick<Row, "lookers">, me: string | undefined): Row["lookers"] {
  return row.lookers.filter(({ id }) => id !== me);
}

/** Who set the house up may never have said what they are called. */
export function nameOf({ name }: { name: string }, words: Words): string {
  return name || words.desk.nameless;
}

export function namesOf(people: readonly { name: string }[], words: Words): string {
  return people.map((person) => nameOf(person, words)).join(words.desk.and);
}

/** Who has a conversation, or what it waits for. */
export function standing(row: Pick<Row, "state" | "assignee">, me: string | undefined, words: Words): string {
  const { state, assignee } = row;
  if (!assignee) return words.desk.states[state];
  if (assignee.id === me) return state === "waiting" ? words.desk.waitingForMe : words.desk.heldByMe;
  const name = nameOf(assignee, words);
  return state === "waiting" ? words.desk.waitingFor(name) : words.desk.heldBy(name);
}
