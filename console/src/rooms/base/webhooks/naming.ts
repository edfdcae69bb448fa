import type { Item } from "@/api/client";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";

export type Webhook = Item<"base.list_webhooks">;
export type Delivery = Item<"base.list_deliveries">;
export type Kind = Item<"base.list_event_kinds">;

/** What a person calls a webhook: the name it was given, else where it goes. */
export function nameOf({ description, url }: Pick<Webhook, "description" | "url">): string {
  if (description) return description;
  return URL.canParse(url) ? new URL(url).host : url;
}

/** The room whose event it is: what stands before the point. */
export function roomOf(type: string): string {
  return type.split(".", 1)[0] ?? type;
}

/** A room words its own events, as `<room>Events`; one that is not worded has the server's words. */
export function eventName(words: Words, type: string): string | undefined {
  const worded = (words as unknown as Record<string, Record<string, string> | undefined>)[`${roomOf(type)}Events`];
  return worded?.[type];
}

interface Kinds {
  name: (type: string) => string;
  /** How many kinds a webhook listens to. */
  summary: (kinds: string[] | null) => string;
}

export function useKinds(): Kinds {
  const words = useWords();
  const format = useFormat();
  return {
    name: (type) => eventName(words, type) ?? type,
    summary: (kinds) =>
      kinds === null ? words.webhooks.allKinds : words.webhooks.someKinds(format.count(kinds.length)),
  };
}
