import { ApiError, type Got, type Item } from "@/api/client";
import type { Tone } from "@/shell/Tag";
import type { Words } from "@/words";

export type Channel = Item<"service.list_channels">;
export type Failure = Item<"service.list_channel_failures">;
export type Kind = Channel["kind"];
/** The secrets that are shown once. */
export type Secrets = Got<"service.rotate_channel_secret">;
export type State = keyof Words["channels"]["states"];

export const KINDS: readonly Kind[] = ["wecom", "webhook", "robot"];

/** How a channel is doing. */
export function stateOf(channel: Pick<Channel, "is_on" | "is_complete" | "failure">): State {
  if (!channel.is_on) return "off";
  if (!channel.is_complete) return "incomplete";
  return channel.failure === null ? "on" : "failing";
}

export const TONES: Record<State, Tone> = { on: "done", off: "quiet", failing: "alarm", incomplete: "waiting" };

const FIELDS = ["name", "url", "corp_id", "open_kfid", "app_secret", "robot_url", "warn_minutes"] as const;

/** The field that an error is about; undefined for one that is about none. */
export function fieldOf(error: unknown): (typeof FIELDS)[number] | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return FIELDS.find((field) => field === error.where);
}
