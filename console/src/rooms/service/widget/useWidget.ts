import type { UseQueryResult } from "@tanstack/react-query";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";

export type Widget = Got<"service.widget">;

const LOOK_MS = 5000;

/** How the chat is set; looked at again until a page of the shop's has carried it. */
export function useWidget(): UseQueryResult<Widget> {
  return useRead("service.widget", {}, { every: (found) => (found && !found.seen_at ? LOOK_MS : false) });
}
