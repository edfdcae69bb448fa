import { useRead } from "@/api/hooks";

/** A shopper is promised an answer within minutes: who is elsewhere in the console has to hear soon. */
const EVERY_MS = 15_000;

/** How many conversations wait for the reader: their own, and those that are nobody's. */
export function useWaiting(): number {
  const { data } = useRead("service.desk", {}, { every: () => EVERY_MS });
  return data ? data.unassigned + data.mine_waiting : 0;
}
