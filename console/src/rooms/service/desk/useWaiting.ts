import { useRead } from "@/api/hooks";

/** How many conversations wait for the reader: their own, and those that are nobody's. */
export function useWaiting(): number {
  const { data } = useRead("service.desk", {}, { every: () => 60_000 });
  return data ? data.unassigned + data.mine_waiting : 0;
}
