import { useRead } from "@/api/hooks";

/** The styles that anything was made in. */
export function useStyles(): string[] {
  return useRead("studio.list_works", { size: 1 }).data?.styles ?? [];
}
