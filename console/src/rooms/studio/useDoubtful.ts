import { useRead } from "@/api/hooks";

const EVERY_MS = 60_000;

/** How many cut-outs wait for somebody's eyes. */
export function useDoubtful(): number {
  const { data } = useRead("studio.list_cuts", { size: 1 }, { every: () => EVERY_MS });
  return data?.total ?? 0;
}
