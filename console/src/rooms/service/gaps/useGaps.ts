import { useRead } from "@/api/hooks";

/** Nobody hurries to what could be answered from tomorrow on. */
const EVERY_MS = 300_000;

/** How many gaps are open. */
export function useGaps(): number {
  const { data } = useRead("service.count_gaps", {}, { every: () => EVERY_MS });
  return data?.open ?? 0;
}
