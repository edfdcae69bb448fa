import { useRead } from "@/api/hooks";

/** Whether the shop has said how it does things: there are rules of its own. */
export function useChecked(): boolean | undefined {
  const { data, isFetching } = useRead("knowledge.list_policies", {});
  const checked = data && data.items.length > 0;
  // What was read before an import may be old.
  return checked || !isFetching ? checked : undefined;
}
