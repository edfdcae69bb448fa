import type { Item } from "@/api/client";
import type { Words } from "@/words";

export type Webhook = Item<"base.list_webhooks">;
export type Delivery = Item<"base.list_deliveries">;
export type Kind = Item<"base.list_event_kinds">;

/** What a person calls a webhook: the name it was given, else where it goes. */
export function nameOf({ description, url }: Pick<Webhook, "description" | "url">): string {
  if (description) return description;
  return URL.canParse(url) ? new URL(url).host : url;
}

/** The room whose event it is, by what stands before the point. */
export function roomOf({ type }: Kind): keyof Words["webhooks"]["rooms"] {
  const room = type.split(".", 1)[0];
  return room === "shop" || room === "service" || room === "knowledge" || room === "base" ? room : "other";
}
